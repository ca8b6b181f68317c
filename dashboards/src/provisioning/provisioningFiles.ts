import { appAndDashboardFiles } from './appAndDashboards';
import { contactFiles } from './contactPoints';
import { dataSourceFiles } from './dataSources';
import { ruleFile } from './ruleGroups';

export interface ProvisioningOptions {
  /** URL under which docs/runbooks is published, for links in messages. */
  readonly runbooks?: string;
}

/** Everything in `provisioning/`: path in it, and text. */
export const provisioningFiles = ({ runbooks }: ProvisioningOptions = {}): ReadonlyMap<
  string,
  string
> =>
  new Map([
    ...dataSourceFiles(),
    ...appAndDashboardFiles(),
    ...contactFiles(),
    ['alerting/rules.yaml', ruleFile(runbooks)],
  ]);
