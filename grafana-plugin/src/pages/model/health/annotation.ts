import type { ModelIdentity } from '../../../shared/links';

export interface Annotation {
  /** Empty: about the model as a whole. */
  readonly version: string;
  readonly timeMs: number;
  readonly text: string;
}

/** What the API takes; the tenant is that of the caller. */
export const annotationBody = (
  { environment, model }: ModelIdentity,
  { version, timeMs, text }: Annotation,
) => ({ environment, model, version, time: new Date(timeMs).toISOString(), text: text.trim() });
