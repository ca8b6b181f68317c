/** A data frame as `/api/ds/query` encodes it. */
export interface Frame {
  readonly schema: {
    readonly refId: string;
    readonly meta: FrameMeta;
    readonly fields: readonly FrameField[];
  };
  readonly data: {
    readonly values: readonly (readonly unknown[])[];
    /** Where a field holds what JSON has no number for. */
    readonly entities?: readonly (Entities | null)[];
  };
}

export interface FrameMeta {
  readonly executedQueryString: string;
  readonly type?: 'timeseries-wide';
  readonly typeVersion?: readonly [number, number];
  readonly preferredVisualisationType?: string;
}

export type FieldType = 'time' | 'number' | 'string' | 'boolean' | 'other';

export interface FrameField {
  readonly name: string;
  readonly type: FieldType;
  readonly typeInfo: { readonly frame: string; readonly nullable?: true };
  readonly labels?: Readonly<Record<string, string>>;
}

export interface Entities {
  readonly NaN?: readonly number[];
  readonly Inf?: readonly number[];
  readonly NegInf?: readonly number[];
}

/** One column of an answer: its field and its values, `null` where there is none. */
export interface Column {
  readonly field: FrameField;
  readonly values: readonly unknown[];
}
