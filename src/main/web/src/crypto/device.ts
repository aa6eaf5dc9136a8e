import type { KeyCalls, PackageForm } from '../api/key-calls';
import type { KeptPackage } from '../store/database';
import type { KeyStore } from '../store/keys';
import { noKeyChange } from '../store/unseal';
import type { UserId } from '../wire/forms';
import { concat, toBase64 } from './bytes';
import { Group, type KeyPair } from './group';
import {
  newKeyPackage,
  newSignatureKey,
  packageBytes,
  packageData,
  packageFrom,
  type SignatureKey,
} from './packages';
import { CLASSIC, HYBRID, SUITES } from './suites';
import { Vault } from './vault';

/** So many key packages of each suite wait on the server; hybrid ones are ten times as large. */
const STOCK: Record<number, number> = { [CLASSIC]: 20, [HYBRID]: 16 };

/** So many of each are made and brought at a time: messages need not wait for all of them. */
const STEP = 4;

interface KeptSignature {
  device: string;
  publicKey: Uint8Array;
  secret: Uint8Array;
}

/** This device as others know it: the key it signs with, and the key packages it is added by. */
export class Device {
  private constructor(
    readonly user: UserId,
    readonly id: string,
    readonly vault: Vault,
    private readonly keys: KeyStore,
    private readonly signature: SignatureKey,
  ) {}

  static async open(keys: KeyStore, user: UserId, id: string): Promise<Device> {
    const vault = await Vault.open(keys);
    const kept = await keys.secret<KeptSignature>('signature');
    if (kept?.device === id) {
      const signKey = await vault.unwrap(kept.secret);
      return new Device(user, id, vault, keys, { publicKey: kept.publicKey, signKey });
    }
    const made = await newSignatureKey();
    const { publicKey } = made;
    const secret = await vault.wrap(made.signKey);
    await keys.keepSecret('signature', { device: id, publicKey, secret } satisfies KeptSignature);
    return new Device(user, id, vault, keys, made);
  }

  get key(): Uint8Array {
    return this.signature.publicKey;
  }

  /** For a group that this device makes, or joins from outside. */
  newKeyPair(suite: number): Promise<KeyPair> {
    return newKeyPackage(this.user, this.id, this.signature, suite);
  }

  /** The key package that a welcome is for, if it is one of this device. */
  async welcomed(welcome: string): Promise<{ keys: KeyPair; kept: KeptPackage } | undefined> {
    for (const ref of Group.welcomed(welcome)) {
      const kept = await this.keys.package(ref);
      if (kept) return { keys: await this.restore(kept), kept };
    }
    return undefined;
  }

  /**
   * Tells the server of this device's key, and brings some of the key packages that it is short of:
   * so many are missing then. Undefined: it knows nothing of keys.
   */
  async publish(calls: KeyCalls): Promise<number | undefined> {
    const told = await calls.ownKeys();
    if (!told) return undefined;
    const key = toBase64(this.key);
    const isKnown = SUITES.every((suite) => told.signatureKeys?.[suite] === key);
    const keyPackages: PackageForm[] = [];
    const lastResort: PackageForm[] = [];
    let missing = 0;
    for (const suite of SUITES) {
      const wanted = STOCK[suite]! - (isKnown ? (told.remaining?.[suite] ?? 0) : 0);
      const count = Math.max(0, Math.min(STEP, wanted));
      keyPackages.push(...(await this.make(suite, count, false)));
      if (!isKnown) lastResort.push(...(await this.make(suite, 1, true)));
      missing += Math.max(0, wanted - count);
    }
    if (keyPackages.length === 0) return missing;
    const signatureKeys = Object.fromEntries(SUITES.map((suite) => [suite, key]));
    await calls.putKeys({
      signatureKeys,
      keyPackages,
      lastResort: isKnown ? undefined : lastResort,
    });
    return missing;
  }

  /** They are kept here before the server has them: one that is handed out can always be used. */
  private async make(suite: number, count: number, lastResort: boolean): Promise<PackageForm[]> {
    const change = noKeyChange();
    const made: PackageForm[] = [];
    for (let n = 0; n < count; n++) {
      const { publicPackage, privatePackage } = await this.newKeyPair(suite);
      const { initPrivateKey, hpkePrivateKey } = privatePackage;
      const length = new Uint8Array([initPrivateKey.length >> 8, initPrivateKey.length & 0xff]);
      change.made.push({
        ref: await Group.reference(publicPackage, suite),
        suite,
        data: packageBytes(publicPackage),
        secret: await this.vault.wrap(concat(length, initPrivateKey, hpkePrivateKey)),
        lastResort,
      });
      made.push({ suite, data: packageData(publicPackage) });
    }
    await this.keys.write(change);
    return made;
  }

  private async restore(kept: KeptPackage): Promise<KeyPair> {
    const bytes = await this.vault.unwrap(kept.secret);
    const end = 2 + ((bytes[0]! << 8) | bytes[1]!);
    return {
      publicPackage: packageFrom(kept.data),
      privatePackage: {
        initPrivateKey: bytes.slice(2, end),
        hpkePrivateKey: bytes.slice(end),
        signaturePrivateKey: this.signature.signKey,
      },
    };
  }
}
