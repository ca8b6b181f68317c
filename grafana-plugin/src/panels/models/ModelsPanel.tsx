import type { PanelProps } from '@grafana/data';

const ModelsPanel = ({ data }: PanelProps) => (
  <ul>
    {data.series.flatMap((frame) =>
      (frame.fields.find(({ name }) => name === 'model')?.values ?? []).map((model: string) => (
        <li key={model}>{model}</li>
      )),
    )}
  </ul>
);

export default ModelsPanel;
