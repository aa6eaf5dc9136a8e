import type { KeyCalls } from '../api/key-calls';
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

/** With fewer than so many on the server more are made. */
const STOCK_LOW = 10;

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

  /** Tells the server of this device's key, and sees to it that there are key packages. */
  async publish(calls: KeyCalls): Promise<boolean> {
    const told = await calls.ownKeys();
    if (!told) return false;
    const key = toBase64(this.key);
    const known = SUITES.every((suite) => told.signatureKeys?.[suite] === key);
    const signatureKeys = Object.fromEntries(SUITES.map((suite) => [suite, key]));
    for (const suite of SUITES) {
      const left = known ? (told.remaining?.[suite] ?? 0) : 0;
      if (known && left >= STOCK_LOW) continue;
      const made = await this.make(suite, STOCK[suite]! - left, false);
      const last = known ? [] : await this.make(suite, 1, true);
      await calls.putKeys({
        signatureKeys,
        keyPackages: made.map((data) => ({ suite, data })),
        lastResort: last.length > 0 ? last.map((data) => ({ suite, data })) : undefined,
      });
    }
    return true;
  }

  /** They are kept here before the server has them: one that is handed out can always be used. */
  private async make(suite: number, count: number, lastResort: boolean): Promise<string[]> {
    const change = noKeyChange();
    const made: string[] = [];
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
      made.push(packageData(publicPackage));
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
