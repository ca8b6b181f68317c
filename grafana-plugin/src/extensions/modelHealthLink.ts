import type { PluginExtensionPanelContext } from '@grafana/data';
import { modelUrl, pageUrl } from '../shared/links';

/** The parts of what Grafana knows about the panel that we read. */
type Context = Pick<PluginExtensionPanelContext, 'targets' | 'scopedVars' | 'data'>;

const CLICKHOUSE = 'grafana-clickhouse-datasource';

/** Our views and tables in a statement. */
const OURS = /\b(?:v_[a-z_]+|ml_[a-z_]+)\b/;

/** The only value of a label in the panel's series, if all that have it agree. */
const labelIn = (context: Context, label: string): string | undefined => {
  const values = new Set(
    (context.data?.series ?? []).flatMap(({ fields }) =>
      fields.flatMap(({ labels }) => {
        const value = labels?.[label];
        return value === undefined || value === '' ? [] : [value];
      }),
    ),
  );
  return values.size === 1 ? [...values][0] : undefined;
};

const readsOurs = (context: Context): boolean =>
  context.targets.some(
    (target) =>
      target.datasource?.type === CLICKHOUSE &&
      'rawSql' in target &&
      typeof target.rawSql === 'string' &&
      OURS.test(target.rawSql),
  );

/**
 * The link "Model health" in the menu of a panel: only on panels that read Plumbline's tables; to the model when the panel
 * shows exactly one, else to all models.
 */
export const modelHealthLink = (context: Context | undefined): { path: string } | undefined => {
  if (context === undefined || !readsOurs(context)) return undefined;
  const model = labelIn(context, 'model');
  if (model === undefined) return { path: pageUrl('fleet') };
  return {
    path: modelUrl({
      tenant: labelIn(context, 'tenant') ?? '',
      environment: labelIn(context, 'environment') ?? '',
      model,
      version: labelIn(context, 'version'),
    }),
  };
};
