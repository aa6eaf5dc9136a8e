import { afterEach, expect, test, vi } from 'vitest';
import { toBase64 } from '../src/crypto/bytes';
import { isFor } from '../src/crypto/membership';
import { newKeyPackage, newSignatureKey, packageData } from '../src/crypto/packages';
import { CLASSIC, HYBRID } from '../src/crypto/suites';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

afterEach(() => void vi.useRealTimers());

/** Whether what ben's phone made at that time is taken for its own now. */
async function isTaken(at: number, suite = CLASSIC, device = 'phone'): Promise<boolean> {
  const key = await newSignatureKey();
  vi.useFakeTimers({ toFake: ['Date'], now: at });
  const { publicPackage } = await newKeyPackage('ben', 'phone', key, CLASSIC);
  vi.useRealTimers();
  const wanted = { user: 'ben', device, name: `ben/${device}`, key: toBase64(key.publicKey) };
  return isFor(wanted, packageData(publicPackage), suite);
}

test('a key package is taken for its device, in its suite', async () => {
  expect(await isTaken(Date.now())).toBe(true);
  expect(await isTaken(Date.now(), HYBRID)).toBe(false);
  expect(await isTaken(Date.now(), CLASSIC, 'desk')).toBe(false);
});

test('a key package is taken within its lifetime only', async () => {
  expect(await isTaken(Date.now() - 2 * YEAR_MS)).toBe(false);
  expect(await isTaken(Date.now() + 2 * YEAR_MS)).toBe(false);
});

test('what cannot be read is no key package', async () => {
  const wanted = { user: 'ben', device: 'phone', name: 'ben/phone', key: '' };

  expect(await isFor(wanted, toBase64(new Uint8Array(20)), CLASSIC)).toBe(false);
});
