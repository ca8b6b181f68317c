import type { Instruments } from '../instruments';

export interface ExportFailed {
  /** `traces` or `metrics` of the service itself. */
  readonly signal: string;
  readonly reason: string;
}

/** The service itself. */
export const createProcessEvents = (instruments: Instruments, version: string) => {
  instruments
    .gauge('plumbline_build_info', 'Always 1; the version is a label.', ['version'])
    .set({ version }, 1);
  const failed = instruments.counter(
    'plumbline_telemetry_exports_failed_total',
    "Exports of the service's own traces and metrics that were lost.",
    ['signal'],
  );
  return {
    telemetryExportFailed: ({ signal, reason }: ExportFailed): void => {
      failed.inc({ signal });
      instruments.logLimited(
        'warn',
        'telemetryExportFailed',
        signal,
        { signal, reason },
        'own telemetry was lost',
      );
    },
  };
};
