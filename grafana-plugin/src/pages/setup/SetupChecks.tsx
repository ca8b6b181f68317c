import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import { ApiCheck } from './ApiCheck';
import { DatabaseChecks } from './DatabaseChecks';
import { SourceCheck } from './SourceCheck';
import { TelemetryChecks } from './TelemetryChecks';

/** Where the checks ask, without the statement. */
export interface SetupQuery {
  readonly datasourceUid: string;
  readonly fromMs: number;
  readonly toMs: number;
}

const DAY_MS = 86_400_000;

/** Everything that must be in order, from the data source to what arrives. */
export const SetupChecks = ({ datasourceUid }: { readonly datasourceUid: string }) => {
  const styles = useStyles2(getStyles);
  const [now] = useState(Date.now);
  const request = { datasourceUid, fromMs: now - DAY_MS, toMs: now };
  return (
    <ol className={styles.list}>
      <SourceCheck uid={datasourceUid} />
      <DatabaseChecks request={request} />
      <ApiCheck />
      <TelemetryChecks request={request} />
    </ol>
  );
};

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(3),
    margin: 0,
    paddingLeft: theme.spacing(3),
  }),
});
