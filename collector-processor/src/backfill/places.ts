/**
 * Places of texts in some bytes: start and end of each, one after the other. An array would be given back to the
 * memory manager whenever it is emptied, which is for each row.
 */
export class Places {
  at = new Int32Array(256);
  /** Numbers that are in it: two for each text. */
  size = 0;

  push(start: number, end: number): void {
    if (this.size + 2 > this.at.length) {
      const larger = new Int32Array(2 * this.at.length);
      larger.set(this.at);
      this.at = larger;
    }
    this.at[this.size++] = start;
    this.at[this.size++] = end;
  }
}
