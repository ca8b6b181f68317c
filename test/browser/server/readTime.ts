const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A time of a query in Unix milliseconds: as milliseconds, or as `now` and `now-6h`. */
export function readTime(text: string, nowMs: number): number {
  const relative = /^now(?:-(\d+)([smhd]))?$/.exec(text);
  if (relative !== null)
    return nowMs - Number(relative[1] ?? 0) * (UNIT_MS[relative[2] ?? 's'] ?? 0);
  const ms = Number(text);
  if (!Number.isFinite(ms)) throw new Error(`time ${text}: must be milliseconds, now or now-6h`);
  return ms;
}
