import type { AttributeWriter } from './attributeWriter';
import type { Prng } from './prng';

/** What distinguishes one sort of span from another: its name, its OTLP kind number and its attributes. */
export interface SpanKind {
  readonly name: string;
  /** 1 internal, 2 server, 3 client. */
  readonly otlpKind: number;
  /** Whether it is a model call or a prediction, i.e. makes one row of `ml_inferences`. */
  readonly inference: boolean;
  write(attributes: AttributeWriter): void;
}

/** Makes one span of a sort. */
export type SpanSort = (random: Prng) => SpanKind;
