import {
  FLEET_LIMIT,
  fleetCurrencySql,
  fleetDriftSql,
  fleetModelsSql,
  fleetPerformanceSql,
  fleetQualitySql,
} from '@plumbline/schemas/queries';
import { useCallback, useMemo, useState } from 'react';
import { rowsOf, type Row } from '../../queries/rowsOf';
import { type QueryState, useQuery } from '../../queries/useQuery';
import { useDataSource } from '../../shared/DataSourceContext';
import { attentionOf } from './attention';
import { fleetModelsOf } from './fleetModel';
import type { FleetItem } from './fleetView';

const DAY_MS = 86_400_000;

const rowsIn = (state: QueryState): readonly Row[] =>
  state.state === 'done' ? rowsOf(state.frames) : [];

/** The parts of the fleet that are asked for by themselves: without one of them the rest is still worth showing. */
export type FleetPart = 'drift' | 'quality' | 'performance' | 'currency';

export interface Fleet {
  /** Of the list itself. */
  readonly query: QueryState;
  readonly items: readonly FleetItem[];
  /** There are more models than are read. */
  readonly more: boolean;
  readonly failedParts: readonly { readonly part: FleetPart; readonly message: string }[];
  readonly refresh: () => void;
}

/** Everything that the fleet shows. The statements look at the last days by themselves, whatever range is chosen. */
export const useFleet = (): Fleet => {
  const { uid } = useDataSource();
  const [nowMs, setNowMs] = useState(Date.now);
  const request = (sql: string) => ({
    sql,
    datasourceUid: uid,
    fromMs: nowMs - DAY_MS,
    toMs: nowMs,
  });
  const { query } = useQuery(request(fleetModelsSql()));
  const { query: currency } = useQuery(request(fleetCurrencySql()));
  const { query: drift } = useQuery(request(fleetDriftSql()));
  const { query: quality } = useQuery(request(fleetQualitySql()));
  const { query: performance } = useQuery(request(fleetPerformanceSql()));

  const items = useMemo(() => {
    const models = rowsIn(query).slice(0, FLEET_LIMIT);
    return fleetModelsOf({
      models,
      currencies: rowsIn(currency),
      drift: rowsIn(drift),
      quality: rowsIn(quality),
      performance: rowsIn(performance),
    }).map((model) => ({ model, attention: attentionOf(model, nowMs) }));
  }, [query, currency, drift, quality, performance, nowMs]);

  const parts: Readonly<Record<FleetPart, QueryState>> = { drift, quality, performance, currency };
  return {
    query,
    items,
    more: rowsIn(query).length > FLEET_LIMIT,
    failedParts: (Object.keys(parts) as FleetPart[]).flatMap((part) => {
      const state = parts[part];
      return state.state === 'failed' ? [{ part, message: state.message }] : [];
    }),
    refresh: useCallback(() => {
      setNowMs(Date.now());
    }, []),
  };
};
