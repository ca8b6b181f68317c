import type { RedactAction } from '../../core/redaction';
import type { RedactRule } from './rule';

export interface Redacted {
  readonly kind: string;
  readonly rule: string;
  readonly action: RedactAction;
  readonly n: number;
}

/** How often which rule hit what, until it is told. Never what was hit. */
export class RedactCounts {
  private readonly counts = new Map<string, Redacted>();

  add(kind: string, { name, action }: RedactRule): void {
    const key = `${kind}\n${name}`;
    const n = (this.counts.get(key)?.n ?? 0) + 1;
    this.counts.set(key, { kind, rule: name, action, n });
  }

  tell(event: (redacted: Redacted) => void): void {
    for (const redacted of this.counts.values()) event(redacted);
    this.clear();
  }

  clear(): void {
    if (this.counts.size > 0) this.counts.clear();
  }
}
