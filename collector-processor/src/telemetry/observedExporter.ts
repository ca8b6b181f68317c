/** The part that OpenTelemetry's span and metric exporters have in common. */
interface Exporter<Batch> {
  export(batch: Batch, done: (result: ExportResult) => void): void;
  forceFlush?(): Promise<void>;
  shutdown(): Promise<void>;
}

interface ExportResult {
  /** 0 is success. */
  readonly code: number;
  readonly error?: Error;
}

export interface ExportObserver {
  began(): void;
  ended(): void;
  /** The batch is lost: the exporter has given up. */
  failed(reason: string): void;
}

/** The same exporter, told about. The SDK itself would lose a failed export without a word. */
export const observedExporter = <Batch>(
  inner: Exporter<Batch>,
  observer: ExportObserver,
): Required<Exporter<Batch>> => ({
  export(batch, done) {
    observer.began();
    inner.export(batch, (result) => {
      observer.ended();
      if (result.code !== 0) observer.failed(result.error?.message ?? 'unknown');
      done(result);
    });
  },
  forceFlush: () => inner.forceFlush?.() ?? Promise.resolve(),
  shutdown: () => inner.shutdown(),
});
