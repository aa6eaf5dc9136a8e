import type { Backup } from './backup';
import { BackupError, packed, unpacked } from './backup';
import { concat, fromBase64, toBase64, utf8, type Bytes } from './bytes';

const PREFIX = 'parley-move:1';
const IV_BYTES = 12;
const KEY_BYTES = 32;

/** What a new device shows to one that has the user's messages. */
export interface Offer {
  /** As a QR code, or to be pasted: where the answer is awaited, and for whom it is to be sealed. */
  code: string;
  /** Opens the answer; fails when it was not sealed for this offer. */
  open(sealed: Uint8Array): Promise<Backup>;
}

/** The keys that are made for it live as long as it is shown. */
export async function newOffer(user: string, slot: string): Promise<Offer> {
  const { publicKey, privateKey } = await newPair();
  const own = await raw(publicKey);
  return {
    code: `${PREFIX}:${slot}:${toBase64(own)}`,
    async open(sealed) {
      const theirs = sealed.slice(0, KEY_BYTES);
      const iv = sealed.slice(KEY_BYTES, KEY_BYTES + IV_BYTES);
      const key = await sharedKey(privateKey, theirs, { user, slot, own, theirs });
      const plain = await crypto.subtle
        .decrypt({ name: 'AES-GCM', iv }, key, sealed.slice(KEY_BYTES + IV_BYTES))
        .catch(() => Promise.reject(new BackupError('not-a-backup')));
      return unpacked(new Uint8Array(plain), user);
    },
  };
}

/** What was scanned or pasted; undefined when it is no code of a new device. */
export function readOffer(code: string): { slot: string; key: Bytes } | undefined {
  const parts = code.trim().split(':');
  if (parts.length !== 4 || `${parts[0]}:${parts[1]}` !== PREFIX) return undefined;
  try {
    const key = fromBase64(parts[3]!);
    return key.length === KEY_BYTES ? { slot: parts[2]!, key } : undefined;
  } catch {
    return undefined;
  }
}

/** Seals it for the device that shows that code, and for no other. */
export async function sealFor(offer: { slot: string; key: Bytes }, backup: Backup): Promise<Bytes> {
  const { publicKey, privateKey } = await newPair();
  const theirs = await raw(publicKey);
  const { user } = backup;
  const about = { user, slot: offer.slot, own: offer.key, theirs };
  const key = await sharedKey(privateKey, offer.key, about);
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const plain = await packed(backup);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plain);
  return concat(theirs, iv, new Uint8Array(sealed));
}

function newPair(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey('X25519', false, ['deriveBits']) as Promise<CryptoKeyPair>;
}

async function raw(key: CryptoKey): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.exportKey('raw', key));
}

/** Bound to the user, the place and both keys, so that nothing of another offer fits. */
async function sharedKey(
  own: CryptoKey,
  other: Bytes,
  about: { user: string; slot: string; own: Bytes; theirs: Bytes },
): Promise<CryptoKey> {
  const theirs = await crypto.subtle.importKey('raw', other, 'X25519', false, []);
  const secret = await crypto.subtle.deriveBits({ name: 'X25519', public: theirs }, own, 256);
  const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    {
      name: 'HKDF',
      hash: 'SHA-256',
      salt: concat(about.own, about.theirs),
      info: utf8(`parley move 1 ${about.user} ${about.slot}`),
    },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}
