import type { ModelContract } from '../../core/contract';
import type { ModelVersion } from '../drift/driftUnit';
import { totalOf } from '../drift/featureCounts';
import type { StoredBaseline } from '../drift/readBaselines';
import { binLayout } from '@plumbline/schemas';
import { beyondRange } from '../../stats/binomialTail';
import type { CheckCount } from './checkCount';
import { featureChecks, type ToldFeature } from './featureChecks';

/** What is known of an hour of a version. */
export interface HourInput {
  readonly n: number;
  readonly rowsWithFeatures: number;
  readonly differentRows: number;
  readonly told: ReadonlyMap<string, ToldFeature>;
  /** Baselines by feature. */
  readonly baselines: ReadonlyMap<string, StoredBaseline>;
  /** Rows that fences of the baseline leave out, by feature. */
  readonly outliersExpected: ReadonlyMap<string, number>;
  /** Features of earlier hours: without a baseline they are what may go missing. */
  readonly earlierFeatures: ReadonlySet<string>;
  /** Noted on rows when they came, by `check:feature`. */
  readonly violations: ReadonlyMap<string, number>;
  readonly contracts: readonly ModelContract[];
}

const NOTHING = { numbers: 0, texts: 0, outliers: 0, outside: 0, same: false, fresh: undefined };
/** Names in a text for people. */
const MOST_NAMES = 10;

/** Contracts that hold for a version. */
export const contractsOf = (
  contracts: readonly ModelContract[],
  unit: ModelVersion,
): ModelContract[] =>
  contracts.filter(
    ({ tenant, environment, model, version }) =>
      model === unit.model &&
      (tenant ?? unit.tenant) === unit.tenant &&
      (environment ?? unit.environment) === unit.environment &&
      (version ?? unit.version) === unit.version,
  );

/** Everything that is counted in an hour with rows, but volume and freshness. */
export function hourChecks(input: HourInput): CheckCount[] {
  const { n, told, baselines, earlierFeatures } = input;
  const features = new Set([...baselines.keys(), ...told.keys(), ...earlierFeatures]);
  const checks = [...features].flatMap((feature) =>
    featureChecks(
      told.get(feature) ?? { feature, ...NOTHING },
      n,
      baselines.get(feature),
      input.outliersExpected.get(feature),
    ),
  );
  return [
    ...checks,
    ...notedChecks(input),
    ...contractChecks(input),
    ...schemaCheck(input),
    duplicates(input),
  ];
}

const common = { reference: undefined, mayPage: true, detail: '', baseline: '' };

/** NaN, infinite and empty values: they are noted when rows come, because no column keeps them apart from missing ones. */
function notedChecks({ n, violations }: HourInput): CheckCount[] {
  return [...violations].flatMap(([violation, count]) => {
    const at = violation.indexOf(':');
    const [check, feature] = [violation.slice(0, at), violation.slice(at + 1)];
    if (check !== 'not_finite' && check !== 'empty') return [];
    return [{ ...common, feature, check, violations: count, n }];
  });
}

function contractChecks({ n, violations, contracts }: HourInput): CheckCount[] {
  return contracts.flatMap(({ features }) =>
    features.flatMap(({ feature, tolerance, ...told }) => {
      const made: [string, boolean][] = [
        ['missing', told.required],
        [
          'type',
          told.type !== undefined ||
            told.min !== undefined ||
            told.max !== undefined ||
            told.pattern !== undefined,
        ],
        ['range', told.min !== undefined || told.max !== undefined],
        ['allowed', told.allowed !== undefined],
        ['pattern', told.pattern !== undefined],
      ];
      return made
        .filter(([, isMade]) => isMade)
        .map(([check]): CheckCount => ({
          ...common,
          ...{ feature, check: `contract_${check}`, n, tolerance },
          violations: violations.get(`${check}:${feature}`) ?? 0,
        }));
    }),
  );
}

/** Features that came or went. Those that were rare anyway did not go. */
function schemaCheck({ n, told, baselines }: HourInput): CheckCount[] {
  if (baselines.size === 0) return [];
  const own = [...baselines.values()].filter(({ feature }) => !feature.startsWith('@'));
  const gone: string[] = [];
  let rows = 0;
  for (const { feature, bins, counts } of own) {
    const m = totalOf(counts);
    rows = Math.max(rows, m);
    if (told.has(feature)) continue;
    const p = (counts[binLayout(bins).missing]! / m) ** n;
    if (p > UNLIKELY) continue;
    gone.push(feature);
  }
  const come: string[] = [];
  for (const { feature, numbers, texts } of told.values()) {
    if (feature.startsWith('@') || baselines.has(feature)) continue;
    const p = beyondRange(numbers + texts, n, rows);
    if (p > UNLIKELY) continue;
    come.push(feature);
  }
  const parts = [listed('new', come), listed('gone', gone)].filter((part) => part !== '');
  return [
    {
      ...common,
      ...{ feature: '', check: 'schema', violations: come.length + gone.length },
      n: Math.max(own.length + come.length, 1),
      // What is rare by chance was left out above.
      tolerance: 0,
      mayPage: false,
      detail: parts.join('; '),
      baseline: own[0]?.baseline ?? '',
    },
  ];
}
const UNLIKELY = 0.001;

const listed = (what: string, names: readonly string[]): string => {
  if (names.length === 0) return '';
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return `${what}: ${shown}${names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : ''}`;
};

/** Rows that have all values in common with another one of the hour. */
const duplicates = ({ rowsWithFeatures, differentRows }: HourInput): CheckCount => ({
  ...common,
  ...{ feature: '', check: 'duplicates', n: rowsWithFeatures },
  violations: Math.max(0, rowsWithFeatures - differentRows),
});
