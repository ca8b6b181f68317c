import { type NumberType, writeNumber } from './columns';
import { MapColumn } from './mapColumn';

/** A map filled from JavaScript keys, which rotate: see `pushRotating`. */
export class TextKeyMapColumn extends MapColumn {
  /** One entry of the row that `endRow` closes. */
  putNumber(key: string, type: NumberType, value: number): void {
    this.keys.pushRotating(key);
    writeNumber(type, this.values.values, value);
  }

  /** As `putNumber`, for text. */
  putText(key: string, value: string): void {
    this.keys.pushRotating(key);
    this.values.values.string(value);
  }
}
