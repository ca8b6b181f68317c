/** What one test found. */
export interface Finding {
  readonly rule: string;
  readonly p: number;
  /** Reference standard deviations, or 2 arcsin √q − 2 arcsin √p for shares; signed. */
  readonly effect: number;
  readonly direction: string;
}

/** A share for people: `0.2%`, `12%`. */
export const percent = (share: number): string => {
  const value = share * 100;
  return `${value === 0 || value >= 10 ? value.toFixed(0) : value.toPrecision(1)}%`;
};

export const change = (from: number, to: number): string => `${percent(from)} → ${percent(to)}`;

export const upOrDown = (amount: number): string => (amount < 0 ? 'down' : 'up');

/** Digits that a value needs to be recognised. */
export const valueText = (value: number): string => String(Number(value.toPrecision(4)));
