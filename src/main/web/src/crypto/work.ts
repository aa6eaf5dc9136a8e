import { partner } from '../store/conversation';
import type { Identity, OpenedLetter } from '../store/database';
import type { KeyStore } from '../store/keys';
import { noKeyChange, type KeyChange } from '../store/unseal';
import type { ConversationId, UserId } from '../wire/forms';
import { toBase64 } from './bytes';
import type { Device } from './device';
import { Group } from './group';
import type { Leaf } from './suites';

/** A conversation's group while it is worked on. */
export interface Session {
  group: Group;
  checkedAt: number;
  renewedAt: number;
  pending?: { clientId: string; group: Group };
}

/**
 * One piece of work on keys, by one tab at a time: groups are read once, and all that changes is
 * written at once.
 */
export class Work {
  private readonly sessions = new Map<ConversationId, Session | undefined>();
  private readonly dirty = new Set<ConversationId>();
  private change = noKeyChange();

  constructor(
    private readonly keys: KeyStore,
    readonly device: Device,
  ) {}

  async session(id: ConversationId): Promise<Session | undefined> {
    if (this.sessions.has(id)) return this.sessions.get(id);
    const session = await this.restore(id);
    this.sessions.set(id, session);
    return session;
  }

  /** Where the group is now; who is new in it is noted. */
  async keep(id: ConversationId, session: Session): Promise<Session> {
    const before = this.sessions.get(id);
    this.sessions.set(id, session);
    this.dirty.add(id);
    this.change.lost.delete(id);
    if (!before?.group.hasSameMembers(session.group)) await this.note(id, session.group.members());
    return session;
  }

  lose(id: ConversationId): void {
    this.sessions.set(id, undefined);
    this.dirty.delete(id);
    this.change.lost.add(id);
  }

  use(ref: string): void {
    this.change.used.push(ref);
  }

  opened(tail: string): Promise<OpenedLetter | undefined> {
    const now = this.change.opened.get(tail);
    return now ? Promise.resolve(now) : this.keys.opened(tail);
  }

  open(tail: string, letter: OpenedLetter): void {
    this.change.opened.set(tail, letter);
  }

  async identity(user: UserId): Promise<Identity | undefined> {
    return this.change.identities.get(user) ?? (await this.keys.identity(user));
  }

  /** All that has changed so far, ready to be written. */
  async finish(): Promise<KeyChange> {
    const { vault } = this.device;
    for (const id of this.dirty) {
      const { group, checkedAt, renewedAt, pending } = this.sessions.get(id)!;
      this.change.groups.set(id, {
        id,
        epoch: group.epoch,
        suite: group.suiteId,
        state: await vault.wrap(group.bytes()),
        checkedAt,
        renewedAt,
        pending: pending && {
          clientId: pending.clientId,
          state: await vault.wrap(pending.group.bytes()),
        },
      });
    }
    const finished = this.change;
    this.dirty.clear();
    this.change = noKeyChange();
    return finished;
  }

  private async restore(id: ConversationId): Promise<Session | undefined> {
    const kept = await this.keys.group(id);
    if (!kept) return undefined;
    const { vault } = this.device;
    const read = async (state: Uint8Array) => Group.restore(await vault.unwrap(state));
    return {
      group: await read(kept.state),
      checkedAt: kept.checkedAt,
      renewedAt: kept.renewedAt,
      pending: kept.pending && {
        clientId: kept.pending.clientId,
        group: await read(kept.pending.state),
      },
    };
  }

  /** Whom one knew by other keys until now is told about; whom one did not know is trusted. */
  private async note(id: ConversationId, leaves: Leaf[]): Promise<void> {
    for (const user of new Set(leaves.map((leaf) => leaf.user))) {
      const now = leaves.filter((leaf) => leaf.user === user);
      await this.noteUser(id, user, now);
    }
    const other = partner(id, this.device.user);
    const strangers = leaves.filter(
      ({ user }) => other !== undefined && user !== other && user !== this.device.user,
    );
    if (strangers.length > 0) await this.alarm(other!, 'stranger');
  }

  private async noteUser(id: ConversationId, user: UserId, leaves: Leaf[]): Promise<void> {
    const known = await this.identity(user);
    const keys = { ...known?.keys };
    const fresh: string[] = [];
    for (const { device, key } of leaves) {
      const text = toBase64(key);
      if (keys[device] === text) continue;
      keys[device] = text;
      fresh.push(text);
    }
    if (fresh.length === 0) return;
    const isNews = known !== undefined && user !== this.device.user;
    const changed = isNews ? [...(known.changed ?? []), ...fresh] : known?.changed;
    this.change.identities.set(user, { ...known, userId: user, keys, changed });
    if (isNews) this.change.news.push({ conversation: id, user });
  }

  private async alarm(user: UserId, alarm: Identity['alarm']): Promise<void> {
    const known = await this.identity(user);
    this.change.identities.set(user, { keys: {}, ...known, userId: user, alarm });
  }
}
