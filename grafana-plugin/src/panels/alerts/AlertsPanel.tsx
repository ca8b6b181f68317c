import type { PanelProps } from '@grafana/data';
import { EventRows } from './EventRows';
import type { AlertsPanelOptions } from './alertsPanelOptions';
import { RuleRows } from './RuleRows';

/** The app's rules as they stand, or what alerts did according to the panel's query. */
const AlertsPanel = ({ data, options, width, height }: PanelProps<AlertsPanelOptions>) => (
  <div style={{ width, height, overflow: 'auto' }}>
    {options.show === 'events' ? (
      <EventRows data={data} options={options} />
    ) : (
      // Grafana's states are asked for again whenever the dashboard refreshes.
      <RuleRows key={data.request?.startTime} options={options} />
    )}
  </div>
);

export default AlertsPanel;
