import {
  type MlRecord,
  type RecordKind,
  type RecordProblem,
  type RecordSink,
  type RecordValues,
} from '../../core/mlRecord';
import type { BlockEvents, TableRows } from '../block';
import { PartitionDays } from '../partitionDays';
import { createEvaluationColumns } from './evaluationColumns';
import { createExplanationColumns } from './explanationColumns';
import { createFeedbackColumns } from './feedbackColumns';
import { createFlagColumns } from './flagColumns';
import { createLabelColumns } from './labelColumns';
import { RecordColumns } from './recordColumns';

type ValuesOf<K extends RecordKind> = Extract<RecordValues, { kind: K }>;
type Tables = { [K in RecordKind]?: RecordColumns<ValuesOf<K>> };

const TABLES: Readonly<Record<RecordKind, string>> = {
  label: 'ml_labels',
  feedback: 'ml_feedback',
  explanation: 'ml_explanations',
  evaluation: 'ml_evaluations',
  flag: 'ml_flags',
};

/**
 * Rows of the tables of records, for a block of any signal. The columns of a kind are made when its first record comes:
 * most blocks have none.
 */
export class RecordTables implements RecordSink {
  readonly days = new PartitionDays();
  private readonly rowVersion: number | undefined;
  private readonly columns: Tables = {};
  /** The same in a list, because every request goes through it. */
  private readonly present: (readonly [RecordKind, RecordColumns<never>])[] = [];
  private problems: { kind: RecordKind; problem: RecordProblem }[] = [];
  private markedProblems = 0;

  /** `rowVersion` of all rows; without it each has its time of receipt. */
  constructor(rowVersion?: number) {
    this.rowVersion = rowVersion;
  }

  /** Every one of them is idempotent, so they go before the `otel_*` tables. */
  get tables(): (readonly [table: string, rows: TableRows])[] {
    return this.present.map(([kind, rows]) => [TABLES[kind], rows] as const);
  }

  record(record: MlRecord): void {
    this.days.addMs(record.time);
    const { values } = record;
    switch (values.kind) {
      case 'label':
        this.open('label', createLabelColumns).push(record, values);
        break;
      case 'feedback':
        this.open('feedback', createFeedbackColumns).push(record, values);
        break;
      case 'explanation':
        this.open('explanation', createExplanationColumns).push(record, values);
        break;
      case 'evaluation':
        this.open('evaluation', createEvaluationColumns).push(record, values);
        break;
      case 'flag':
        this.open('flag', createFlagColumns).push(record, values);
        break;
    }
  }

  problem(kind: RecordKind, problem: RecordProblem): void {
    this.problems.push({ kind, problem });
  }

  mark(): void {
    this.markedProblems = this.problems.length;
    for (const [, rows] of this.present) rows.mark();
  }

  rollback(): void {
    this.problems.length = this.markedProblems;
    for (const [, rows] of this.present) rows.rollback();
  }

  reset(): void {
    this.days.clear();
    this.problems = [];
    this.markedProblems = 0;
    for (const [, rows] of this.present) rows.reset();
  }

  tell(events: BlockEvents): void {
    for (const [kind, { rows }] of this.present) {
      if (rows > 0) events.recordsCounted({ kind, n: rows });
    }
    const counts = new Map<string, { kind: RecordKind; problem: RecordProblem; n: number }>();
    for (const { kind, problem } of this.problems) {
      const count = counts.get(kind + problem);
      if (count === undefined) counts.set(kind + problem, { kind, problem, n: 1 });
      else count.n++;
    }
    for (const count of counts.values()) events.recordProblems(count);
  }

  private open<K extends RecordKind>(
    kind: K,
    create: () => ConstructorParameters<typeof RecordColumns<ValuesOf<K>>>[0],
  ): RecordColumns<ValuesOf<K>> {
    const columns: { [P in K]?: RecordColumns<ValuesOf<P>> } = this.columns;
    let rows = columns[kind];
    if (rows === undefined) {
      rows = columns[kind] = new RecordColumns(create(), this.rowVersion);
      this.present.push([kind, rows]);
    }
    return rows;
  }
}
