import { concat, equal, sha256, utf8, type Bytes } from './bytes';

/** Merkle trees as of RFC 9162, section 2: what a log that only grows can be held to. */

const LEAF = new Uint8Array([0]);
const NODE = new Uint8Array([1]);

export function leafHash(text: string): Promise<Bytes> {
  return sha256(LEAF, utf8(text));
}

function nodeHash(left: Uint8Array, right: Uint8Array): Promise<Bytes> {
  return sha256(NODE, left, right);
}

/** The root over all leaves. */
export async function rootOf(leaves: Uint8Array[]): Promise<Uint8Array> {
  if (leaves.length === 0) return sha256(concat());
  if (leaves.length === 1) return leaves[0]!;
  let left = 1;
  while (left * 2 < leaves.length) left *= 2;
  return nodeHash(await rootOf(leaves.slice(0, left)), await rootOf(leaves.slice(left)));
}

/** Whether the leaf stands at its place in the tree of that size and root. */
export async function isIncluded(
  leaf: Uint8Array,
  place: { index: number; size: number },
  proof: Uint8Array[],
  root: Uint8Array,
): Promise<boolean> {
  if (place.index >= place.size) return false;
  const at = new Climb(place.index, place.size - 1);
  let hash = leaf;
  for (const other of proof) {
    if (at.isOver) return false;
    hash = at.isRight ? await nodeHash(other, hash) : await nodeHash(hash, other);
    at.up();
  }
  return at.isOver && equal(hash, root);
}

/** Whether the later tree begins with the whole of the earlier one. */
export async function isConsistent(
  earlier: { size: number; root: Uint8Array },
  later: { size: number; root: Uint8Array },
  proof: Uint8Array[],
): Promise<boolean> {
  if (earlier.size > later.size) return false;
  if (earlier.size === later.size) return equal(earlier.root, later.root);
  if (earlier.size === 0) return true;
  const isWhole = (earlier.size & (earlier.size - 1)) === 0;
  const [first, ...path] = isWhole ? [earlier.root, ...proof] : proof;
  if (!first || proof.length === 0) return false;
  const at = new Climb(earlier.size - 1, later.size - 1);
  at.skipRights();
  let [before, after] = [first, first];
  for (const other of path) {
    if (at.isOver) return false;
    if (at.isRight) {
      before = await nodeHash(other, before);
      after = await nodeHash(other, after);
    } else {
      after = await nodeHash(after, other);
    }
    at.up();
  }
  return at.isOver && equal(before, earlier.root) && equal(after, later.root);
}

/** The way from a node to the root, in a tree whose last node may stand alone. */
class Climb {
  constructor(
    private node: number,
    private last: number,
  ) {}

  get isOver(): boolean {
    return this.last === 0;
  }

  /** Whether the other half is on its left. */
  get isRight(): boolean {
    return this.node % 2 === 1 || this.node === this.last;
  }

  up(): void {
    // A node that stands alone is on its level what it was below.
    if (this.isRight) while (this.node % 2 === 0 && this.node !== 0) this.step();
    this.step();
  }

  skipRights(): void {
    while (this.node % 2 === 1) this.step();
  }

  private step(): void {
    this.node = Math.floor(this.node / 2);
    this.last = Math.floor(this.last / 2);
  }
}
