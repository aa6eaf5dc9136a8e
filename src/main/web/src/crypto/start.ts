import type { KeyCalls } from '../api/key-calls';
import type { KeyStore } from '../store/keys';
import type { KeyChange } from '../store/unseal';
import type { UserId } from '../wire/forms';
import { Device } from './device';
import { Engine } from './engine';
import { Trust } from './trust';

/** All of the app that has to do with keys; it is loaded when the first screen is there. */
export interface Crypto {
  engine: Engine;
  trust: Trust;
  /** Tells the server of this device's keys, and sees to it that others have some to take. */
  publish(): Promise<void>;
}

export interface CryptoPorts {
  keys: KeyStore;
  calls: KeyCalls;
  user: UserId;
  device: string;
  lock<T>(work: () => Promise<T>): Promise<T>;
  onKeys(change: KeyChange): Promise<void>;
}

/** Undefined where this browser or the server cannot. */
export async function startCrypto(ports: CryptoPorts): Promise<Crypto | undefined> {
  const { keys, calls, user, lock, onKeys } = ports;
  const isKnown = (await keys.secret('signature')) !== undefined;
  if (!isKnown && !((await isSupported()) && (await calls.ownKeys()))) return undefined;
  // Two tabs that start at once make one device, with one key.
  const device = await lock(() => Device.open(keys, user, ports.device));
  const step = () => lock(() => device.publish(calls));
  if (!isKnown && (await step()) === undefined) return undefined;
  const now = Date.now;
  const engine = new Engine({ keys, calls, device, lock, now, newId: randomId, onKeys });
  return { engine, trust: new Trust(keys, calls, device, lock), publish: () => stockUp(step) };
}

/** Step by step, as long as that helps. */
async function stockUp(step: () => Promise<number | undefined>): Promise<void> {
  let before = Infinity;
  for (;;) {
    const missing = (await step()) ?? 0;
    if (missing === 0 || missing >= before) return;
    before = missing;
  }
}

/** Browsers have these curves since 2023 to 2025. */
async function isSupported(): Promise<boolean> {
  try {
    await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
    await crypto.subtle.generateKey('X25519', false, ['deriveBits']);
    return true;
  } catch {
    return false;
  }
}

function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
