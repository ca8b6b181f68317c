interface Edit {
  readonly start: number;
  readonly end: number;
  readonly bytes: Uint8Array;
}

/** Changes to some bytes: ranges and what takes their place. Ranges do not overlap. */
export class EditList {
  private edits: Edit[] = [];

  get length(): number {
    return this.edits.length;
  }

  clear(): void {
    if (this.edits.length > 0) this.edits = [];
  }

  /** Takes back all but the first `length` edits. */
  cut(length: number): void {
    this.edits.length = length;
  }

  /** Returns by how many bytes the whole grows. */
  replace(start: number, end: number, bytes: Uint8Array): number {
    this.edits.push({ start, end, bytes });
    return bytes.length - (end - start);
  }

  /** A changed copy. What was put at one place in turn stands there in turn. */
  apply(source: Buffer): Buffer {
    const edits = this.edits.sort((a, b) => a.start - b.start);
    const growth = edits.reduce(
      (sum, { start, end, bytes }) => sum + bytes.length + start - end,
      0,
    );
    const result = Buffer.allocUnsafeSlow(source.length + growth);
    let from = 0;
    let to = 0;
    for (const { start, end, bytes } of edits) {
      to += source.copy(result, to, from, start);
      result.set(bytes, to);
      to += bytes.length;
      from = end;
    }
    source.copy(result, to, from);
    return result;
  }
}
