/** Bytes that may be held at once; shared by both servers, so that together they stay inside it. */
export interface Budget {
  /** Takes `bytes`, or nothing and returns false when they would not fit. */
  take(bytes: number): boolean;
  /** Gives back what was taken. */
  release(bytes: number): void;
  readonly usedBytes: number;
}

export function createBudget(limitBytes: number): Budget {
  let used = 0;
  return {
    take(bytes) {
      if (used + bytes > limitBytes) return false;
      used += bytes;
      return true;
    },
    release(bytes) {
      used -= bytes;
    },
    get usedBytes() {
      return used;
    },
  };
}
