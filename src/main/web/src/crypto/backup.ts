import type { OpenedLetter } from '../store/database';
import { concat, equal, fromUtf8, utf8, type Bytes } from './bytes';

const MAGIC = utf8('PARLEYBACKUP1\n');
const SALT_BYTES = 16;
const IV_BYTES = 12;
/** What is advised for PBKDF2 with SHA-256; a good passphrase is worth more. */
const ITERATIONS = 600_000;

export const PASSPHRASE_MIN = 10;

/** What a backup holds: what this device has read. Keys are not in it. */
export interface Backup {
  user: string;
  letters: [string, OpenedLetter][];
}

/** Why a backup cannot be read. */
export class BackupError extends Error {
  constructor(readonly reason: 'not-a-backup' | 'wrong-passphrase' | 'other-user') {
    super(reason);
  }
}

export async function sealBackup(backup: Backup, passphrase: string): Promise<Bytes> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const key = await keyFrom(passphrase, salt);
  const plain = await packed(backup);
  const algorithm = { name: 'AES-GCM', iv, additionalData: MAGIC };
  const sealed = await crypto.subtle.encrypt(algorithm, key, plain);
  return concat(MAGIC, salt, iv, new Uint8Array(sealed));
}

export async function openBackup(
  file: Uint8Array,
  passphrase: string,
  user: string,
): Promise<Backup> {
  const head = MAGIC.length + SALT_BYTES + IV_BYTES;
  if (file.length <= head || !equal(file.subarray(0, MAGIC.length), MAGIC)) {
    throw new BackupError('not-a-backup');
  }
  const salt = file.slice(MAGIC.length, MAGIC.length + SALT_BYTES);
  const iv = file.slice(MAGIC.length + SALT_BYTES, head);
  const key = await keyFrom(passphrase, salt);
  const algorithm = { name: 'AES-GCM', iv, additionalData: MAGIC };
  const plain = await crypto.subtle
    .decrypt(algorithm, key, file.slice(head))
    .catch(() => Promise.reject(new BackupError('wrong-passphrase')));
  return unpacked(new Uint8Array(plain), user);
}

/** As it is before it is sealed. */
export function packed(backup: Backup): Promise<Bytes> {
  return zipped(utf8(JSON.stringify(backup)), new CompressionStream('gzip'));
}

export async function unpacked(bytes: Bytes, user: string): Promise<Backup> {
  const text = await zipped(bytes, new DecompressionStream('gzip'));
  const backup = JSON.parse(fromUtf8(text)) as Backup;
  if (backup.user !== user) throw new BackupError('other-user');
  return backup;
}

async function keyFrom(passphrase: string, salt: Bytes): Promise<CryptoKey> {
  const raw = utf8(passphrase.normalize('NFKC'));
  const secret = await crypto.subtle.importKey('raw', raw, 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ITERATIONS },
    secret,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

async function zipped(
  bytes: Bytes,
  through: CompressionStream | DecompressionStream,
): Promise<Bytes> {
  const stream = new Blob([bytes]).stream().pipeThrough(through);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
