import { itemOf, NOW_MS } from './fleet.fixture';
import {
  FLEET_DEFAULTS,
  groupModels,
  PAGE_SIZE,
  pageOf,
  selectModels,
  valuesOf,
} from './fleetView';

const items = [
  itemOf({ model: 'calm', version: '1', team: 'core', cost: 5 }),
  itemOf({
    model: 'silent',
    version: '1',
    team: 'edge',
    lastSeenMs: NOW_MS - 7_200_000,
    cost: null,
  }),
  itemOf({
    model: 'failing',
    version: '2',
    team: 'core',
    errorRate: 0.3,
    provider: 'openai',
    cost: 9,
  }),
];

const names = (change: Partial<typeof FLEET_DEFAULTS>) =>
  selectModels(items, { ...FLEET_DEFAULTS, ...change }).map(({ model }) => model.model);

describe('selectModels', () => {
  it('shows what needs attention first', () => {
    expect(names({})).toEqual(['failing', 'silent', 'calm']);
  });

  it('finds all words anywhere', () => {
    expect(names({ search: 'CORE fail' })).toEqual(['failing']);
    expect(names({ search: 'openai' })).toEqual(['failing']);
    expect(names({ search: 'nothing of it' })).toEqual([]);
  });

  it('filters by several values of a column, an empty one too', () => {
    expect(names({ team: 'edge|core' })).toHaveLength(3);
    expect(names({ team: 'edge' })).toEqual(['silent']);
    expect(names({ tone: 'bad|good' })).toEqual(['failing', 'calm']);
  });

  it('sorts both ways and puts what is not known last', () => {
    expect(names({ sort: 'cost', order: 'desc' })).toEqual(['failing', 'calm', 'silent']);
    expect(names({ sort: 'cost', order: 'asc' })).toEqual(['calm', 'failing', 'silent']);
    expect(names({ sort: 'no such column' })).toEqual(['failing', 'silent', 'calm']);
  });
});

describe('groups and pages', () => {
  it('groups in the order of what comes first', () => {
    const groups = groupModels(selectModels(items, FLEET_DEFAULTS), 'team');
    expect(groups.map(({ name, items: members }) => [name, members.length])).toEqual([
      ['core', 2],
      ['edge', 1],
    ]);
    expect(groupModels(items, '')).toHaveLength(1);
    expect(valuesOf(items, 'team')).toEqual(['core', 'edge']);
  });

  it('shows a thousand models page by page', () => {
    const many = Array.from({ length: 1000 }, (_, index) => index);
    expect(pageOf(many, '2').items[0]).toBe(PAGE_SIZE);
    expect(pageOf(many, '99')).toMatchObject({ page: 20, pages: 20 });
    expect(pageOf(many, 'x').page).toBe(1);
    expect(pageOf([], '1')).toEqual({ items: [], page: 1, pages: 1 });
  });
});
