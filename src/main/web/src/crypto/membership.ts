import type { UserId } from '../wire/forms';
import type { ConversationKeys, DeviceKeys, MemberKeys } from '../wire/sealed';
import { equal, fromBase64, fromUtf8, toBase64 } from './bytes';
import type { Device } from './device';
import { keyPackageIn } from './group';
import { verifyKeyPackage } from './library';
import {
  CLASSIC,
  HYBRID,
  HYBRID_DEVICES_MAX,
  identityOf,
  suiteId,
  suiteOf,
  type Leaf,
} from './suites';

/** A device that should be in a group. */
export interface Wanted {
  user: UserId;
  device: string;
  name: string;
  key: string;
}

/** What a new device needs to know of more than so many does not fit into what the server keeps. */
const DEVICES_MAX = 300;

/** Why a conversation is not encrypted, or that it is or will be. */
export type Outlook =
  | { kind: 'will-be' }
  /** The server or this browser cannot. */
  | { kind: 'not-here' }
  | { kind: 'no-keys'; user: UserId }
  | { kind: 'too-many' };

/** Undefined when they are too many to agree on keys, or were not found. */
export function fewOf(found: ConversationKeys | undefined): MemberKeys[] | undefined {
  return found?.tooMany ? undefined : found?.members;
}

export function outlookOf(members: MemberKeys[], tooMany: boolean, me: UserId): Outlook {
  const devices = members.reduce((sum, member) => sum + member.devices.length, 0);
  if (tooMany || devices > DEVICES_MAX) return { kind: 'too-many' };
  const without = members.find((it) => it.devices.length === 0 || it.keyless > 0);
  if (without) return { kind: 'no-keys', user: without.user };
  return members.some(({ user }) => user === me) ? { kind: 'will-be' } : { kind: 'not-here' };
}

/** The hybrid suite where all have it and the group is small enough for its large keys. */
export function suiteFor(members: MemberKeys[]): number {
  const devices = members.flatMap((member) => member.devices);
  const all = devices.every(({ suites }) => suites.includes(HYBRID));
  return all && devices.length <= HYBRID_DEVICES_MAX ? HYBRID : CLASSIC;
}

/** Devices of members that are not in the group, or with another key than they have now. */
export function missing(members: MemberKeys[], leaves: Leaf[], suite: number): Wanted[] {
  return members.flatMap(({ user, devices }) =>
    devices
      .filter((it) => it.signatureKeys[suite] !== undefined && it.suites.includes(suite))
      .filter((it) => !leaves.some((leaf) => isOf(leaf, user, it)))
      .map((it) => ({
        user,
        device: it.deviceId,
        name: identityOf(user, it.deviceId),
        key: it.signatureKeys[suite]!,
      })),
  );
}

/** Leaves of who is no member, and of devices that are gone or have another key now. */
export function surplus(members: MemberKeys[], leaves: Leaf[], own: Device): Leaf[] {
  return leaves.filter((leaf) => {
    if (leaf.user === own.user && equal(leaf.key, own.key)) return false;
    const member = members.find(({ user }) => user === leaf.user);
    return !member?.devices.some((device) => isOf(leaf, leaf.user, device));
  });
}

function isOf(leaf: Leaf, user: UserId, { deviceId, signatureKeys }: DeviceKeys): boolean {
  const key = toBase64(leaf.key);
  return (
    leaf.user === user && leaf.device === deviceId && Object.values(signatureKeys).includes(key)
  );
}

/**
 * Whether a key package is that device's own, and good for a group of that suite now: it names the
 * device, and is signed with its key. Where none is, the device joins from outside.
 */
export async function isFor(wanted: Wanted, data: string, suite: number): Promise<boolean> {
  try {
    const keyPackage = keyPackageIn(data);
    const { credential, signaturePublicKey, lifetime } = keyPackage.leafNode;
    const names = 'identity' in credential && fromUtf8(credential.identity) === wanted.name;
    if (!names || !equal(signaturePublicKey, fromBase64(wanted.key))) return false;
    if (suiteId(keyPackage.cipherSuite) !== suite || !isNow(lifetime)) return false;
    return await verifyKeyPackage(keyPackage, (await suiteOf(suite)).signature);
  } catch {
    // What cannot be read is of no use to anybody.
    return false;
  }
}

function isNow({ notBefore, notAfter }: { notBefore: bigint; notAfter: bigint }): boolean {
  const now = BigInt(Math.floor(Date.now() / 1000));
  return notBefore <= now && now <= notAfter;
}
