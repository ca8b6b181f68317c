import { css } from '@emotion/css';
import type { GrafanaTheme2, PanelProps } from '@grafana/data';
import { TextLink, useStyles2 } from '@grafana/ui';
import { PanelView } from '../../queries/PanelView';
import { maybeTextOf, numberOf, type Row, rowsOf, textOf } from '../../queries/rowsOf';
import { formatCount, UNKNOWN } from '../../shared/format';
import { modelUrl } from '../../shared/links';
import { StatusBadge } from '../../shared/StatusBadge';
import { t } from '../../shared/t';
import { EmptyData } from '../../states/EmptyData';

const identityOf = (row: Row) => ({
  tenant: textOf(row, 'tenant'),
  environment: textOf(row, 'environment'),
  model: textOf(row, 'model'),
  version: textOf(row, 'version'),
});

const Models = ({ data }: Pick<PanelProps, 'data'>) => {
  const styles = useStyles2(getStyles);
  const rows = rowsOf(data.series).filter((row) => textOf(row, 'model') !== '');
  if (rows.length === 0)
    return (
      <EmptyData title={t('panels.models.empty', 'No models')}>
        {t(
          'panels.models.query',
          'The query must return a column named model, as v_models has it.',
        )}
      </EmptyData>
    );
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('panels.models.model', 'Model')}</th>
          <th scope="col">{t('panels.models.version', 'Version')}</th>
          <th scope="col">{t('panels.models.status', 'Status')}</th>
          <th scope="col">{t('panels.models.requests', 'Requests')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={JSON.stringify(identityOf(row))}>
            <th scope="row">
              <TextLink href={modelUrl(identityOf(row))} inline={false}>
                {textOf(row, 'model')}
              </TextLink>
            </th>
            <td>{textOf(row, 'version') || UNKNOWN}</td>
            <td>
              <StatusBadge status={maybeTextOf(row, 'status')} />
            </td>
            <td>{formatCount(numberOf(row, 'requests_24h'))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** Models of any query on v_models, each with a link to its page; columns that the query does not have are shown as unknown. */
const ModelsPanel = ({ data, width, height }: PanelProps) => (
  <PanelView data={data} width={width} height={height}>
    <Models data={data} />
  </PanelView>
);

const getStyles = (theme: GrafanaTheme2) => ({
  table: css({
    width: '100%',
    fontVariantNumeric: 'tabular-nums',
    'th, td': { padding: theme.spacing(0.5, 1), textAlign: 'left' },
  }),
});

export default ModelsPanel;
