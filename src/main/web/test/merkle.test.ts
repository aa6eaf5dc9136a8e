import { describe, expect, test } from 'vitest';
import type { KeyCalls } from '../src/api/key-calls';
import { toBase64 } from '../src/crypto/bytes';
import { KeyLog } from '../src/crypto/key-log';
import { isConsistent, isIncluded, leafHash, rootOf } from '../src/crypto/merkle';
import { newStore } from './helpers';
import { logCalls, path, subproof } from './merkle-proofs';

const leavesOf = (size: number) =>
  Promise.all(Array.from({ length: size }, (_, n) => leafHash(`leaf ${n}`)));

describe('proofs of trees of all sizes up to 20', () => {
  test('show that a leaf is in, and in its place only', async () => {
    for (let size = 1; size <= 20; size++) {
      const leaves = await leavesOf(size);
      const root = await rootOf(leaves);
      for (let index = 0; index < size; index++) {
        const proof = await path(index, leaves);
        expect(await isIncluded(leaves[index]!, { index, size }, proof, root)).toBe(true);
        const wrong = { index: (index + 1) % size, size };
        if (size > 1) expect(await isIncluded(leaves[index]!, wrong, proof, root)).toBe(false);
      }
    }
  });

  test('show that nothing of the past has changed, or that it has', async () => {
    for (let size = 1; size <= 20; size++) {
      const leaves = await leavesOf(size);
      const later = { size, root: await rootOf(leaves) };
      for (let m = 1; m <= size; m++) {
        const proof = await subproof(m, leaves, true);
        const earlier = { size: m, root: await rootOf(leaves.slice(0, m)) };
        expect(await isConsistent(earlier, later, proof)).toBe(true);
        const other = { size: m, root: await leafHash('other') };
        expect(await isConsistent(other, later, proof)).toBe(false);
      }
    }
  });

  test('are those of the RFC where there is nothing', async () => {
    expect(toBase64(await rootOf([]))).toBe('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=');
  });
});

describe('the key log', () => {
  const leaf = (index: number, key: string) =>
    JSON.stringify({ user: 'ben', device: `d${index}`, suite: 1, key, at: 1, index });

  const callsFor = (texts: string[]) => logCalls(() => texts) as KeyCalls;

  test('is followed as it grows, and has the keys that are used', async () => {
    const { keys } = await newStore();
    const texts = [leaf(0, 'a')];
    await keys.keepIdentity({ userId: 'ben', keys: { d0: 'a' } });
    expect(await new KeyLog(keys, callsFor(texts)).check('ben')).toMatchObject({
      alarm: undefined,
    });
    texts.push(leaf(1, 'b'), leaf(2, 'c'));
    await keys.keepIdentity({ ...(await keys.identity('ben'))!, keys: { d0: 'a', d2: 'c' } });

    const checked = await new KeyLog(keys, callsFor(texts)).check('ben');
    expect(checked).toMatchObject({ alarm: undefined, log: { size: 3 } });
  });

  test('is hashed as a whole where much is new', async () => {
    const { keys } = await newStore();
    const texts = [leaf(0, 'a')];
    await new KeyLog(keys, callsFor(texts)).check('ben');
    for (let n = 1; n < 50; n++) texts.push(leaf(n, `k${n}`));
    const checked = await new KeyLog(keys, callsFor(texts)).check('ben');

    expect(checked).toMatchObject({ alarm: undefined, log: { size: 50 } });
  });

  test('gives alarm for a key that is not in it', async () => {
    const { keys } = await newStore();
    await keys.keepIdentity({ userId: 'ben', keys: { d0: 'forged' } });
    const checked = await new KeyLog(keys, callsFor([leaf(0, 'a')])).check('ben');

    expect(checked.alarm).toBe('not-logged');
  });

  test('gives alarm when its past is another one, or it is shorter than it was', async () => {
    const { keys } = await newStore();
    await new KeyLog(keys, callsFor([leaf(0, 'a'), leaf(1, 'b')])).check('ben');
    const forged = callsFor([leaf(0, 'x'), leaf(1, 'b'), leaf(2, 'c')]);
    expect((await new KeyLog(keys, forged).check('ben')).alarm).toBe('rewritten');
    const cut = callsFor([leaf(0, 'a')]);
    expect((await new KeyLog(keys, cut).check('ben')).alarm).toBe('rewritten');
  });
});
