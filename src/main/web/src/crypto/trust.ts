import type { KeyCalls } from '../api/key-calls';
import type { Identity } from '../store/database';
import type { KeyStore } from '../store/keys';
import type { ConversationId, UserId } from '../wire/forms';
import { fromBase64, toBase64 } from './bytes';
import type { Device } from './device';
import { KeyLog } from './key-log';
import { deviceFingerprint, fingerprintOf, safetyNumber } from './safety';
import { Work } from './work';

/** What two users compare to know that nobody is between them. */
export interface Safety {
  number: string;
  /** The half that is the other one's: what is kept once it was compared. */
  theirs: string;
}

/** Whom the user knows by which keys. */
export class Trust {
  private readonly log: KeyLog;

  constructor(
    private readonly keys: KeyStore,
    calls: KeyCalls,
    private readonly device: Device,
    private readonly lock: <T>(work: () => Promise<T>) => Promise<T>,
  ) {
    this.log = new KeyLog(keys, calls);
  }

  /** Undefined where there is no group yet that both are in. */
  async safety(id: ConversationId, other: UserId): Promise<Safety | undefined> {
    const session = await this.lock(() => new Work(this.keys, this.device).session(id));
    const leaves = session?.group.members() ?? [];
    const keysOf = (user: UserId) => leaves.filter((it) => it.user === user).map((it) => it.key);
    if (keysOf(other).length === 0) return undefined;
    const [mine, theirs] = await Promise.all(
      [this.device.user, other].map((user) => fingerprintOf(user, keysOf(user))),
    );
    return { number: safetyNumber(mine!, theirs!), theirs: theirs! };
  }

  verify(user: UserId, fingerprint: string | undefined): Promise<void> {
    return this.change(user, (it) => ({ ...it, verified: fingerprint, changed: undefined }));
  }

  /** The user goes on with what has changed, or gave alarm; from here on it counts as known. */
  accept(user: UserId): Promise<void> {
    return this.change(user, (it) => {
      const log = it.alarm === 'rewritten' ? undefined : it.log;
      return { ...it, changed: undefined, alarm: undefined, verified: undefined, log };
    });
  }

  check(user: UserId): Promise<Identity> {
    return this.lock(() => this.log.check(user));
  }

  /** Looks whether the server tells others of this device's key, and of no other in its place. */
  async checkOwn(): Promise<Identity> {
    const { user, id, key } = this.device;
    const own = toBase64(key);
    await this.change(user, (it) => ({ ...it, keys: { ...it.keys, [id]: own } }));
    const checked = await this.check(user);
    const latest = checked.log?.logged.findLast((it) => it.startsWith(`${id} `));
    if (latest === undefined || latest === `${id} ${own}`) return checked;
    await this.change(user, (it) => ({ ...it, alarm: 'stranger' }));
    return { ...checked, alarm: 'stranger' };
  }

  /** The fingerprints of the user's own devices, by device, as their log has them. */
  async ownDevices(): Promise<Map<string, string>> {
    const { log } = await this.checkOwn();
    const latest = new Map((log?.logged ?? []).map((it) => it.split(' ') as [string, string]));
    const shown = [...latest].map(
      async ([id, key]) => [id, await deviceFingerprint(fromBase64(key))] as const,
    );
    return new Map(await Promise.all(shown));
  }

  private change(user: UserId, by: (identity: Identity) => Identity): Promise<void> {
    return this.lock(async () => {
      const known = (await this.keys.identity(user)) ?? { userId: user, keys: {} };
      await this.keys.keepIdentity(by(known));
    });
  }
}
