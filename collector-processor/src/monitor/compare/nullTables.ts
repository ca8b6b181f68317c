import { binnedAndersonDarling, bridgeTable, type NullTable, tailOf } from '../../stats/bridge';

/** Tables are kept up to this number: 2 kB each. */
const MOST = 500;
/** A first look costs a tenth; only what may be rare is looked at closely. */
const FEW_DRAWS = 2_000;
const CLOSER_BELOW = 0.05;
const SEED = 1;

const tables = new Map<string, NullTable>();

function tableOf(shares: readonly number[], draws: number): NullTable {
  const key = `${draws} ${shares.join(' ')}`;
  let table = tables.get(key);
  if (table === undefined) {
    table = bridgeTable(shares, SEED, draws);
    if (tables.size >= MOST) tables.delete(tables.keys().next().value!);
    tables.set(key, table);
  }
  return table;
}

/** P-value of the bridge test; the null table is that of the reference's shares. NaN when a side is empty. */
export function bridgeP(reference: readonly number[], current: readonly number[]): number {
  const { statistic, m, n } = binnedAndersonDarling(reference, current);
  if (m === 0 || n === 0) return NaN;
  const shares = reference.map((count) => count / m);
  const scaled = ((n * m) / (n + m)) * statistic;
  const p = tailOf(tableOf(shares, FEW_DRAWS), scaled);
  return p < CLOSER_BELOW ? tailOf(tableOf(shares, FEW_DRAWS * 10), scaled) : p;
}
