import { FIGURES } from './figures';
import type { FigureGoal, Samples } from './figures';
import { median } from './statistics';

/** One figure as `--json` prints it. `holds` is null for a figure without a goal. */
export interface ReportedFigure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: number | null;
  readonly holds: boolean | null;
}

/** The median of each measured figure, in the order of `FIGURES`. */
export function reportFigures(samples: Samples): ReportedFigure[] {
  return FIGURES.flatMap((figure: FigureGoal) => {
    const values = samples[figure.name as keyof Samples];
    if (!values || values.length === 0) return [];
    const value = Number(median(values).toFixed(figure.digits));
    const { name, unit, goal } = figure;
    return [
      { name, value, unit, goal, holds: goal === null ? null : reaches(figure, value, goal) },
    ];
  });
}

const reaches = (figure: FigureGoal, value: number, goal: number): boolean =>
  figure.better === 'lower' ? value <= goal : value >= goal;

/** The same for people, with the lowest and highest run of each figure. */
export function formatTable(samples: Samples): string {
  const rows = reportFigures(samples).map((figure) => {
    const { better, digits } = FIGURES.find(({ name }) => name === figure.name) as FigureGoal;
    const values = samples[figure.name as keyof Samples]!;
    const goal = figure.goal === null ? '' : `${better === 'lower' ? '<=' : '>='} ${figure.goal}`;
    return [
      figure.name,
      figure.value.toFixed(digits),
      figure.unit,
      goal,
      figure.holds === null ? '' : figure.holds ? 'holds' : 'MISSED',
      `${Math.min(...values).toFixed(digits)} … ${Math.max(...values).toFixed(digits)}`,
      String(values.length),
    ];
  });
  const all = [['figure', 'median', 'unit', 'goal', '', 'lowest … highest run', 'runs'], ...rows];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
