import type { PanelProps } from '@grafana/data';
import { PanelView } from '../../queries/PanelView';
import type { AlertsPanelOptions } from './alertsPanelOptions';
import { EventRows } from './EventRows';
import { RuleRows } from './RuleRows';

/** The app's rules as they stand, or what alerts did according to the panel's query. */
const AlertsPanel = ({ data, options, width, height }: PanelProps<AlertsPanelOptions>) =>
  options.show === 'events' ? (
    <PanelView data={data} width={width} height={height}>
      <EventRows data={data} options={options} />
    </PanelView>
  ) : (
    <div style={{ width, height, overflow: 'auto' }}>
      {/* Grafana's states are asked for again whenever the dashboard refreshes. */}
      <RuleRows key={data.request?.startTime} options={options} />
    </div>
  );

export default AlertsPanel;
