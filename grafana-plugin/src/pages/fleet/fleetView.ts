import { TONES } from '../../shared/status';
import type { Attention } from './attention';
import type { FleetModel } from './fleetModel';

export interface FleetItem {
  readonly model: FleetModel;
  readonly attention: Attention;
}

/** What the address says about the list. Values of a filter are separated by `|`; '' means all. */
export const FLEET_DEFAULTS = {
  search: '',
  tone: '',
  environment: '',
  team: '',
  provider: '',
  sort: 'attention',
  order: 'asc',
  group: '',
  page: '1',
};

export type FleetState = typeof FLEET_DEFAULTS;

export const GROUPS = ['team', 'environment', 'provider'] as const;
export type Group = (typeof GROUPS)[number];

export const SORTS = [
  'attention',
  'model',
  'traffic',
  'errors',
  'latency',
  'drift',
  'performance',
  'cost',
] as const;
export type Sort = (typeof SORTS)[number];

export const PAGE_SIZE = 50;

const MANY = '|';
export const splitChoices = (text: string): readonly string[] =>
  text === '' ? [] : text.split(MANY);
export const joinChoices = (values: readonly string[]): string => values.join(MANY);

/** Higher comes later in ascending order; null is always last. */
const SORT_VALUES: Readonly<Record<Sort, (item: FleetItem) => number | string | null>> = {
  attention: ({ attention }) =>
    TONES.indexOf(attention.tone) * 100 - Math.min(attention.findings.length, 99),
  model: ({ model }) => model.model.toLowerCase(),
  traffic: ({ model }) => model.requests,
  errors: ({ model }) => model.errorRate,
  latency: ({ model }) => model.latencyP95Ms,
  drift: ({ model }) => (model.drift.topScore === null ? null : Math.abs(model.drift.topScore)),
  performance: ({ model }) => model.performance.value,
  cost: ({ model }) => model.cost,
};

const compare = (a: number | string | null, b: number | string | null, sign: number): number => {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return (a < b ? -1 : 1) * sign;
};

const matches = ({ model, attention }: FleetItem, state: FleetState): boolean => {
  const within = (text: string, value: string) => text === '' || splitChoices(text).includes(value);
  const words = state.search.toLowerCase().split(/\s+/).filter(Boolean);
  const searched = [model.model, model.version, model.owner, model.team, model.provider]
    .join(' ')
    .toLowerCase();
  return (
    words.every((word) => searched.includes(word)) &&
    within(state.tone, attention.tone) &&
    within(state.environment, model.environment) &&
    within(state.team, model.team) &&
    within(state.provider, model.provider)
  );
};

/** The models that the address asks for, in its order; by name and version where the order says nothing. */
export const selectModels = (
  items: readonly FleetItem[],
  state: FleetState,
): readonly FleetItem[] => {
  const sort = SORTS.find((name) => name === state.sort) ?? 'attention';
  const sign = state.order === 'desc' ? -1 : 1;
  const value = SORT_VALUES[sort];
  return items
    .filter((item) => matches(item, state))
    .sort(
      (a, b) =>
        compare(value(a), value(b), sign) ||
        b.model.requests - a.model.requests ||
        compare(a.model.key, b.model.key, 1),
    );
};

export interface FleetGroup {
  /** The value that its models share; '' for those without one. */
  readonly name: string;
  readonly items: readonly FleetItem[];
}

/** The models by the chosen column, in the order of their first one; everything in one group when none is chosen. */
export const groupModels = (items: readonly FleetItem[], group: string): readonly FleetGroup[] => {
  const column = GROUPS.find((name) => name === group);
  if (column === undefined) return [{ name: '', items }];
  const groups = new Map<string, FleetItem[]>();
  for (const item of items) {
    const name = item.model[column];
    const members = groups.get(name);
    if (members === undefined) groups.set(name, [item]);
    else members.push(item);
  }
  return [...groups].map(([name, members]) => ({ name, items: members }));
};

export interface PageOf<Item> {
  readonly items: readonly Item[];
  /** From 1. */
  readonly page: number;
  readonly pages: number;
}

/** One page; a page that is not there becomes the nearest that is. */
export const pageOf = <Item>(items: readonly Item[], wanted: string): PageOf<Item> => {
  const pages = Math.max(1, Math.ceil(items.length / PAGE_SIZE));
  const asked = Number.parseInt(wanted, 10);
  const page = Math.min(pages, Math.max(1, Number.isNaN(asked) ? 1 : asked));
  return { items: items.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE), page, pages };
};

/** The values of a column for its filter. */
export const valuesOf = (items: readonly FleetItem[], column: Group): readonly string[] =>
  [...new Set(items.map(({ model }) => model[column]))].sort();
