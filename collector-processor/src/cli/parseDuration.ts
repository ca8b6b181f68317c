const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;
const PATTERN = /^(\d{1,9})(ms|s|m|h)$/;

/** `500ms`, `20s`, `5m`, `2h` in milliseconds; undefined when it is something else. */
export const parseDuration = (text: string): number | undefined => {
  const match = PATTERN.exec(text);
  return match ? Number(match[1]) * UNITS[match[2] as keyof typeof UNITS] : undefined;
};
