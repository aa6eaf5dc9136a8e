import type { UserId } from '../wire/forms';
import { concat, toBase64, utf8, type Bytes } from './bytes';

/** Makes it dear to look for keys that give a number that is nearly the same. */
const ROUNDS = 5_200;
const GROUPS = 6;

/** The half of a safety number that is somebody's: 30 digits over their devices' keys. */
export async function fingerprintOf(user: UserId, keys: Uint8Array[]): Promise<string> {
  const sorted = [...keys].sort((a, b) => (toBase64(a) < toBase64(b) ? -1 : 1));
  const said = concat(utf8(`parley safety 1 ${user} `), ...sorted);
  let hash = said;
  for (let round = 0; round < ROUNDS; round++) hash = await sha512(hash, said);
  return digits(hash, GROUPS);
}

/** The same for both: their halves in the order of the numbers. */
export function safetyNumber(mine: string, theirs: string): string {
  return [mine, theirs].sort().join('');
}

/** A device's key, short enough to be compared by eye. */
export async function deviceFingerprint(key: Uint8Array): Promise<string> {
  return inGroups(digits(await sha512(utf8('parley device '), key), 4));
}

export function inGroups(number: string): string {
  return number.match(/\d{1,5}/g)?.join(' ') ?? '';
}

function digits(hash: Uint8Array, groups: number): string {
  let text = '';
  for (let group = 0; group < groups; group++) {
    const bytes = hash.subarray(group * 5, group * 5 + 5);
    const value = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
    text += String(value % 100_000).padStart(5, '0');
  }
  return text;
}

async function sha512(...parts: Uint8Array[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-512', concat(...parts)));
}
