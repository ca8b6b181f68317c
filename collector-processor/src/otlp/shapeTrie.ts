import { KeyTable } from './keyTable';

/**
 * What is known about one sequence of attribute keys. Services send few distinct sequences, so all that depends on keys
 * alone is worked out once: the order in which the exporter's maps want them, and the normaliser's `plan`.
 */
export interface Shape<Plan> {
  /** Key texts in wire order. */
  readonly keys: readonly string[];
  /** Key ids in wire order, valid for the trie's current `generation`. */
  readonly keyIds: Int32Array;
  /** Indexes into `keys`, sorted by the bytes of the key; equal keys stay in wire order. */
  readonly sorted: Uint16Array;
  readonly plan: Plan;
  /** What others worked out about this shape, each at a place of its own (`shapeNote`). */
  readonly notes: unknown[];
}

let places = 0;

/** A place in `notes`. An array is read many times faster than a map from shapes. */
export const shapeNote = (): number => places++;

/** A node stands for a prefix of keys. */
export interface ShapeNode<Plan> {
  readonly keyId: number;
  readonly parent: ShapeNode<Plan> | undefined;
  readonly depth: number;
  /** The child that followed last time: the prediction that saves the look-up. */
  predicted: ShapeNode<Plan> | undefined;
  children: Map<number, ShapeNode<Plan>> | undefined;
  shape: Shape<Plan> | undefined;
}

/** Nodes kept before the trie is thrown away and learnt anew: bounds memory when a sender makes up keys. */
const MAX_NODES = 50_000;

/** Finds the shape of a list of keys, one key at a time. */
export class ShapeTrie<Plan> {
  keys = new KeyTable();
  root: ShapeNode<Plan>;
  /** Counts how often everything was forgotten; key ids of an older generation mean nothing any more. */
  generation = 0;
  private nodes = 1;
  private readonly compile: (keys: readonly string[]) => Plan;

  /** `compile` is called once per new shape. */
  constructor(compile: (keys: readonly string[]) => Plan) {
    this.compile = compile;
    this.root = newNode<Plan>(-1, undefined);
  }

  /** To be called between lists, never within one. */
  forgetIfFull(): void {
    if (this.nodes < MAX_NODES) return;
    this.keys = new KeyTable();
    this.root = newNode<Plan>(-1, undefined);
    this.nodes = 1;
    this.generation++;
  }

  /** The node behind `node` for the key in these bytes. */
  step(
    node: ShapeNode<Plan>,
    source: Buffer,
    view: DataView,
    start: number,
    length: number,
  ): ShapeNode<Plan> {
    const predicted = node.predicted;
    if (predicted !== undefined && this.keys.equals(predicted.keyId, view, start, length)) {
      return predicted;
    }
    const keyId = this.keys.intern(source, start, length);
    const children = (node.children ??= new Map<number, ShapeNode<Plan>>());
    let child = children.get(keyId);
    if (child === undefined) {
      child = newNode<Plan>(keyId, node);
      children.set(keyId, child);
      this.nodes++;
    }
    node.predicted = child;
    return child;
  }

  shapeOf(node: ShapeNode<Plan>): Shape<Plan> {
    return (node.shape ??= this.buildShape(node));
  }

  private buildShape(leaf: ShapeNode<Plan>): Shape<Plan> {
    const keyIds = new Int32Array(leaf.depth);
    for (let node = leaf; node.parent !== undefined; node = node.parent) {
      keyIds[node.depth - 1] = node.keyId;
    }
    const keys = Array.from(keyIds, (id) => this.keys.texts[id]!);
    const bytes = Array.from(keyIds, (id) => Buffer.from(this.keys.bytesOf(id)));
    const sorted = Uint16Array.from(
      keys.map((_, index) => index).sort((a, b) => bytes[a]!.compare(bytes[b]!) || a - b),
    );
    return { keys, keyIds, sorted, plan: this.compile(keys), notes: [] };
  }
}

const newNode = <Plan>(keyId: number, parent: ShapeNode<Plan> | undefined): ShapeNode<Plan> => ({
  keyId,
  parent,
  depth: parent === undefined ? 0 : parent.depth + 1,
  predicted: undefined,
  children: undefined,
  shape: undefined,
});
