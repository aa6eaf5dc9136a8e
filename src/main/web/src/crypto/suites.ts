import {
  defaultAuthenticationService,
  defaultKeyPackageEqualityConfig,
  defaultLifetimeConfig,
  getCiphersuiteFromName,
  getCiphersuiteImpl,
  type Capabilities,
  type CiphersuiteImpl,
  type CiphersuiteName,
  type ClientConfig,
} from './library';
import type { UserId } from '../wire/forms';
import { equal, fromUtf8 } from './bytes';

/** The suite that every client has, and the one that a quantum computer does not break. */
export const CLASSIC = 1;
export const HYBRID = 83;

export const SUITES: readonly number[] = [HYBRID, CLASSIC];

const NAMES: Record<number, CiphersuiteName> = {
  [CLASSIC]: 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519',
  [HYBRID]: 'MLS_256_XWING_AES256GCM_SHA512_Ed25519',
};

/** A tree of hybrid keys is large; past so many devices the classic suite has to do. */
export const HYBRID_DEVICES_MAX = 24;

const known = new Map<number, Promise<CiphersuiteImpl>>();

export function suiteOf(id: number): Promise<CiphersuiteImpl> {
  const name = NAMES[id];
  if (!name) return Promise.reject(new Error(`Unknown suite ${id}`));
  const suite = known.get(id) ?? getCiphersuiteImpl(getCiphersuiteFromName(name));
  known.set(id, suite);
  return suite;
}

export function suiteId(name: string): number {
  return SUITES.find((id) => NAMES[id] === name) ?? 0;
}

export const CAPABILITIES: Capabilities = {
  versions: ['mls10'],
  ciphersuites: Object.values(NAMES),
  extensions: [],
  proposals: [],
  credentials: ['basic'],
};

/** A device as a leaf names it. */
export interface Leaf {
  user: UserId;
  device: string;
  key: Uint8Array;
  index: number;
}

export function identityOf(user: UserId, device: string): string {
  return `${user}/${device}`;
}

export function partsOf(identity: Uint8Array): { user: UserId; device: string } {
  const [user = '', ...rest] = fromUtf8(identity).split('/');
  return { user, device: rest.join('/') };
}

/**
 * Late messages can be read for so many epochs and places; what is older is gone for good, also for
 * somebody who gets hold of this device.
 */
export const CONFIG: ClientConfig = {
  keyRetentionConfig: {
    retainKeysForGenerations: 100,
    retainKeysForEpochs: 8,
    maximumForwardRatchetSteps: 2_000,
  },
  lifetimeConfig: defaultLifetimeConfig,
  keyPackageEqualityConfig: {
    ...defaultKeyPackageEqualityConfig,
    // A device that lost its keys comes back under its name and takes its former place.
    compareKeyPackageToLeafNode: (keyPackage, leaf) => {
      const [mine, theirs] = [keyPackage.leafNode.credential, leaf.credential];
      return 'identity' in mine && 'identity' in theirs && equal(mine.identity, theirs.identity);
    },
  },
  // Lengths tell less when short messages all have the same.
  paddingConfig: { kind: 'padUntilLength', padUntilLength: 256 },
  authService: defaultAuthenticationService,
};
