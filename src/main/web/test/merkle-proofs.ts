import type { KeyCalls } from '../src/api/key-calls';
import { toBase64 } from '../src/crypto/bytes';
import { leafHash, rootOf } from '../src/crypto/merkle';

/** As RFC 9162 defines the proofs, 2.1.3.1 and 2.1.4.1, not as they are checked. */
export async function path(index: number, leaves: Uint8Array[]): Promise<Uint8Array[]> {
  if (leaves.length <= 1) return [];
  const k = split(leaves.length);
  return index < k
    ? [...(await path(index, leaves.slice(0, k))), await rootOf(leaves.slice(k))]
    : [...(await path(index - k, leaves.slice(k))), await rootOf(leaves.slice(0, k))];
}

export async function subproof(
  m: number,
  leaves: Uint8Array[],
  whole: boolean,
): Promise<Uint8Array[]> {
  const n = leaves.length;
  if (m === n) return whole ? [] : [await rootOf(leaves)];
  const k = split(n);
  return m <= k
    ? [...(await subproof(m, leaves.slice(0, k), whole)), await rootOf(leaves.slice(k))]
    : [...(await subproof(m - k, leaves.slice(k), false)), await rootOf(leaves.slice(0, k))];
}

function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** The calls of a server that has these logs. */
export function logCalls(
  textsOf: (user: string) => string[],
): Pick<KeyCalls, 'log' | 'inclusion' | 'consistency'> {
  const hashes = (user: string, upTo: number) =>
    Promise.all(textsOf(user).slice(0, upTo).map(leafHash));
  return {
    async log(user, after) {
      const texts = textsOf(user);
      const root = toBase64(await rootOf(await hashes(user, texts.length)));
      const entries = texts.map((leaf, index) => ({ index, leaf })).slice(after + 1);
      return { size: texts.length, root, entries };
    },
    inclusion: async (user, index, size) =>
      (await path(index, await hashes(user, size))).map(toBase64),
    consistency: async (user, from, to) =>
      (await subproof(from, await hashes(user, to), true)).map(toBase64),
  };
}
