import type { StoredBaseline } from '../drift/readBaselines';
import { binLayout } from '@plumbline/schemas';
import { beyondRange } from '../../stats/binomialTail';
import { totalOf } from '../drift/featureCounts';
import type { CheckCount } from './checkCount';

/** What an hour told of a feature, with what its windows counted on the bins. */
export interface ToldFeature {
  readonly feature: string;
  readonly numbers: number;
  readonly texts: number;
  readonly outliers: number;
  readonly outside: number;
  readonly same: boolean;
  /** Rows on the bin `new`; undefined: not counted on the baseline's bins. */
  readonly fresh: number | undefined;
}

/** Whether values of the feature are the model's own affair: of latency, tokens and cost drift is told, not quality. */
const isValue = (feature: string): boolean =>
  !feature.startsWith('@') || feature === '@prediction' || feature === '@score';

/** Checks of one feature in an hour of `n` rows. Without a baseline only earlier hours can tell what is usual. */
export function featureChecks(
  told: ToldFeature,
  n: number,
  baseline: StoredBaseline | undefined,
  outliersExpected: number | undefined,
): CheckCount[] {
  const { feature, numbers, texts } = told;
  if (!isValue(feature)) return [];
  const values = numbers + texts;
  const common = {
    feature,
    reference: undefined,
    mayPage: true,
    detail: '',
    baseline: baseline?.baseline ?? '',
  };
  const missing: CheckCount = {
    ...common,
    check: 'missing',
    violations: Math.max(0, n - values),
    n,
  };
  if (baseline === undefined) return [missing];
  const { bins, counts } = baseline;
  const layout = binLayout(bins);
  const m = totalOf(counts);
  const among = (place: number) => ({ count: counts[place] ?? 0, n: m });
  const checks: CheckCount[] = [{ ...missing, reference: among(layout.missing) }];
  if (values === 0) return checks;
  const present = m - counts[layout.missing]!;
  const isNumber = bins.kind === 'number';
  const otherType = isNumber ? texts : numbers;
  checks.push({
    ...common,
    ...{
      check: 'type',
      violations: otherType,
      n: values,
      reference: { ...among(layout.new), n: present },
    },
    detail:
      otherType > 0
        ? `${isNumber ? 'texts' : 'numbers'} where the baseline has ${isNumber ? 'numbers' : 'categories'}`
        : '',
  });
  checks.push(
    ...(isNumber
      ? numberChecks(told, baseline, { present, outliersExpected, common })
      : categoryCheck(told, { present, common })),
  );
  checks.push(...constantCheck(told, baseline, common));
  return checks;
}

type Common = Omit<CheckCount, 'check' | 'violations' | 'n'>;

interface Usual {
  /** Rows of the baseline that have a value. */
  readonly present: number;
  readonly common: Common;
}

function numberChecks(
  { outside, outliers, numbers }: ToldFeature,
  baseline: StoredBaseline,
  { present, outliersExpected, common }: Usual & { readonly outliersExpected: number | undefined },
): CheckCount[] {
  const checks: CheckCount[] = [
    {
      ...common,
      check: 'out_of_range',
      violations: outside,
      n: numbers,
      reference: { count: 0, n: present },
      ownP: beyondRange(outside, numbers, present),
      detail: outside > 0 ? `outside ${baseline.minimum} to ${baseline.maximum}` : '',
    },
  ];
  if (outliersExpected !== undefined) {
    const reference = { count: outliersExpected, n: present };
    checks.push({ ...common, check: 'outliers', violations: outliers, n: numbers, reference });
  }
  return checks;
}

/** Nothing where the hour was not counted on the baseline's bins. */
function categoryCheck(
  { fresh, numbers, texts }: ToldFeature,
  { present, common }: Usual,
): CheckCount[] {
  if (fresh === undefined) return [];
  const violations = Math.max(0, Math.min(texts, fresh - numbers));
  const reference = { count: 0, n: present };
  return [{ ...common, check: 'new_category', violations, n: texts, reference }];
}

/** One value in all rows, of a feature that had several: how likely that is if each row is as in the baseline. */
function constantCheck(
  { numbers, texts, same }: ToldFeature,
  { bins, counts, minimum, maximum }: StoredBaseline,
  common: Common,
): CheckCount[] {
  const layout = binLayout(bins);
  const usable = counts.slice(0, layout.missing);
  const m = totalOf(usable);
  const top = Math.max(0, ...usable);
  const varied = bins.kind === 'number' ? minimum !== maximum : top < m;
  if (!varied || m === 0) return [];
  const n = numbers + texts;
  const stuck = same && n > 1;
  return [
    {
      ...common,
      ...{ check: 'constant', violations: stuck ? n : 0, n, reference: { count: 0, n: m } },
      // Bins of the top value's size at most, each to the power of the rows.
      ownP: stuck ? Math.min(1, (m / top) * (top / m) ** n) : 1,
      detail: stuck ? 'one value in all rows' : '',
    },
  ];
}
