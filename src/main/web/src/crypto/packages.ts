import {
  decodeMlsMessage,
  encodeMlsMessage,
  generateKeyPackageWithKey,
  type KeyPackage,
} from './library';
import type { UserId } from '../wire/forms';
import { toBase64, utf8 } from './bytes';
import type { KeyPair } from './group';
import { CAPABILITIES, CLASSIC, identityOf, suiteOf } from './suites';

const DAY_S = 24 * 60 * 60;
const LIFETIME_DAYS = 365;

/** The key that a device signs with: all others know it by this one. */
export interface SignatureKey {
  publicKey: Uint8Array;
  signKey: Uint8Array;
}

export async function newSignatureKey(): Promise<SignatureKey> {
  return (await suiteOf(CLASSIC)).signature.keygen();
}

export async function newKeyPackage(
  user: UserId,
  device: string,
  key: SignatureKey,
  suite: number,
): Promise<KeyPair> {
  const now = Math.floor(Date.now() / 1000);
  return generateKeyPackageWithKey(
    { credentialType: 'basic', identity: utf8(identityOf(user, device)) },
    CAPABILITIES,
    // Clocks differ by less than a day.
    { notBefore: BigInt(now - DAY_S), notAfter: BigInt(now + LIFETIME_DAYS * DAY_S) },
    [],
    key,
    await suiteOf(suite),
  );
}

export function packageData(keyPackage: KeyPackage): string {
  return toBase64(packageBytes(keyPackage));
}

export function packageBytes(keyPackage: KeyPackage): Uint8Array {
  return encodeMlsMessage({ version: 'mls10', wireformat: 'mls_key_package', keyPackage });
}

export function packageFrom(bytes: Uint8Array): KeyPackage {
  const message = decodeMlsMessage(bytes, 0)?.[0];
  if (message?.wireformat !== 'mls_key_package') throw new Error('Not a key package');
  return message.keyPackage;
}
