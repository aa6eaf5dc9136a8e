import type { CommitSend, KeyCalls } from '../api/key-calls';
import { codeOf, Refusal } from '../api/problem';
import type { ConversationId, SealedKind } from '../wire/forms';
import type { MemberKeys, MlsInfo, SealedContent } from '../wire/sealed';
import { Group, type Commit } from './group';
import { isFor, missing, suiteFor, surplus, type Wanted } from './membership';
import type { Session, Work } from './work';

/** Another device's commit may be faster; so often it is tried again. */
const TRIES_MAX = 8;

/** How much of a message a commit may be, in characters: what is more goes in several. */
const COMMIT_LENGTH_MAX = 60_000;

/** A device renews its keys so often at least: who had a copy of them reads no further. */
const RENEW_MS = 24 * 60 * 60 * 1000;

/** A welcome is looked for in so many commits. */
const WELCOMES_LOOKED_AT = 50;

/** So many devices are let in by one commit at most. */
const ADDED_MAX = 16;

/** There is a group, and nothing by which this device could come in: only a new one helps. */
class NoWayIn extends Refusal {
  constructor() {
    super('cannot-seal', 409, false, 'There is no way into the group');
  }
}

/** How a conversation's devices agree on keys: one commit after the other, as the server orders. */
export class Agreement {
  constructor(
    private readonly calls: KeyCalls,
    private readonly write: (work: Work) => Promise<void>,
    private readonly now: () => number,
    private readonly newId: () => string,
  ) {}

  /** Makes the group of a conversation that has none, with all devices of its members. */
  async create(work: Work, id: ConversationId, members: MemberKeys[], base = 0): Promise<Session> {
    const suite = suiteFor(members);
    const group = await Group.create(id, await work.device.newKeyPair(suite), suite, base);
    await work.keep(id, { group, checkedAt: 0, renewedAt: this.now() });
    const session = await this.tend(work, id, members);
    if (session) return session;
    throw new Refusal('cannot-seal', 409, true, 'The group could not be made');
  }

  /**
   * Comes into the group that there is, as who has something to say has to. Where there is no way in,
   * it makes a new one of these members, and all are told of that.
   */
  async comeIn(
    work: Work,
    id: ConversationId,
    members: MemberKeys[] | undefined,
  ): Promise<Session | undefined> {
    try {
      return await this.enter(work, id);
    } catch (error) {
      if (!(error instanceof NoWayIn) || !members) throw error;
      const info = await this.calls.mls(id);
      return info && this.create(work, id, members, info.epoch);
    }
  }

  /**
   * Comes into a group that there is: by the welcome of one of the latest commits, which lets it read
   * what was said since, or else from outside, as a new device does.
   */
  async enter(work: Work, id: ConversationId): Promise<Session | undefined> {
    const info = await this.calls.mls(id);
    if (!info) return undefined;
    for (const { welcome } of await this.calls.commits(id, info.epoch - WELCOMES_LOOKED_AT)) {
      const isIn = welcome && (await this.welcome(work, id, welcome).catch(() => undefined));
      const session = isIn && (await this.catchUp(work, id));
      if (session) return session;
    }
    return this.join(work, id);
  }

  private async join(work: Work, id: ConversationId): Promise<Session | undefined> {
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const info = await this.calls.mls(id);
      if (!info) return undefined;
      const commit = await this.wayIn(work, id, info);
      const session = { group: commit.next, checkedAt: this.now(), renewedAt: this.now() };
      if (await this.accepted(id, info.epoch, commit, this.newId())) {
        await work.keep(id, session);
        await this.write(work);
        return session;
      }
    }
    throw new Refusal('busy', 409, true, 'Others were always faster');
  }

  /** What others have left may be of no use, by mistake or on purpose. */
  private async wayIn(work: Work, id: ConversationId, info: MlsInfo): Promise<Commit> {
    if (!info.groupInfo) throw new NoWayIn();
    try {
      const keys = await work.device.newKeyPair(info.suite);
      const commit = await Group.joinExternally(info.groupInfo, keys);
      const { conversation, epoch } = commit.next;
      if (conversation === id && epoch === info.epoch + 1) return commit;
    } catch {
      // It cannot be read, or is not what it says.
    }
    throw new NoWayIn();
  }

  /** Takes the place that a welcome offers. */
  async welcome(work: Work, id: ConversationId, welcome: string): Promise<Session | undefined> {
    const found = await work.device.welcomed(welcome);
    if (!found) return undefined;
    const group = await Group.join(welcome, found.keys);
    if (group.conversation !== id) return undefined;
    if (!found.kept.lastResort) work.use(found.kept.ref);
    return work.keep(id, { group, checkedAt: this.now(), renewedAt: this.now() });
  }

  /** Follows all commits that the server has accepted. Undefined: this device has no place there. */
  async catchUp(work: Work, id: ConversationId): Promise<Session | undefined> {
    const session = await work.session(id);
    if (!session) return undefined;
    const commits = await this.calls.commits(id, session.group.epoch);
    for (const { epoch, by, clientId, data, kind } of commits) {
      const isMine = by === work.device.user;
      await this.follow(work, id, { epoch, data, kind, clientId: isMine ? clientId : undefined });
    }
    return work.session(id);
  }

  /** Follows one commit, if it is the next one. */
  async follow(
    work: Work,
    id: ConversationId,
    commit: { epoch: number; data: string; kind?: SealedKind; clientId?: string },
  ): Promise<void> {
    const session = await work.session(id);
    if (!session || session.group.epoch !== commit.epoch) return;
    const { pending, checkedAt, renewedAt } = session;
    if (pending && pending.clientId === commit.clientId) {
      await work.keep(id, { group: pending.group, checkedAt, renewedAt: this.now() });
      return;
    }
    // The new group is come into as any other is.
    if (commit.kind === 'restart') return work.lose(id);
    try {
      const group = await session.group.follow(commit.data);
      if (group.active) await work.keep(id, { group, checkedAt, renewedAt });
      else work.lose(id);
    } catch {
      // Another group of the same conversation was first, or the kept state is broken: the way
      // back in is from outside.
      work.lose(id);
    }
  }

  /** Lets in and puts out whom it takes so that the group has the members' devices and no other. */
  async tend(work: Work, id: ConversationId, members: MemberKeys[]): Promise<Session | undefined> {
    // Each is handed out once, so what was fetched and not used is used with the next commit.
    const ready = new Map<string, string | undefined>();
    let failures = 0;
    while (failures < TRIES_MAX) {
      const session = await work.session(id);
      if (!session) return undefined;
      const { group } = session;
      const wanted = missing(members, group.members(), group.suiteId)
        .filter(({ name }) => !ready.has(name) || ready.get(name) !== undefined)
        .slice(0, ADDED_MAX);
      await this.fetchPackages(wanted, group.suiteId, ready);
      const added = wanted.map(({ name }) => ready.get(name)).filter((it) => it !== undefined);
      const removed = surplus(members, group.members(), work.device).map(({ index }) => index);
      const isDue = group.isNew || this.now() - session.renewedAt > RENEW_MS;
      if (added.length === 0 && removed.length === 0 && !isDue) {
        if (wanted.length > 0) continue;
        return work.keep(id, { ...session, checkedAt: this.now(), pending: undefined });
      }
      if (!(await this.commit(work, id, session, added, removed))) failures++;
    }
    throw new Refusal('busy', 409, true, 'Others were always faster');
  }

  private async commit(
    work: Work,
    id: ConversationId,
    session: Session,
    added: string[],
    removed: number[],
  ): Promise<boolean> {
    const { group } = session;
    let commit = await group.commit(added, removed);
    if (lengthOf(commit) > COMMIT_LENGTH_MAX) commit = await group.commit(added, removed, false);
    if (lengthOf(commit) > COMMIT_LENGTH_MAX && added.length > 1) {
      const half = added.slice(0, Math.ceil(added.length / 2));
      return this.commit(work, id, session, half, removed);
    }
    const clientId = this.newId();
    const pending = { clientId, group: commit.next };
    await work.keep(id, { ...session, pending });
    await this.write(work);
    if (await this.accepted(id, group.epoch, commit, clientId, kindOf(group))) {
      await work.keep(id, {
        group: commit.next,
        checkedAt: session.checkedAt,
        renewedAt: this.now(),
      });
      await this.write(work);
      return true;
    }
    await this.catchUp(work, id);
    const now = await work.session(id);
    // Somebody else has made the group: it takes this device in, or this one joins it.
    if (!now || now.group.isNew) {
      work.lose(id);
      await this.enter(work, id);
    }
    return false;
  }

  private async accepted(
    id: ConversationId,
    epoch: number,
    { data, welcome, groupInfo, next }: Commit,
    clientId: string,
    kind: SealedKind = 'commit',
  ): Promise<boolean> {
    const content: SealedContent = {
      type: 'sealed',
      protocol: 'mls',
      epoch,
      kind,
      data,
      welcome,
    };
    const send: CommitSend = { to: id, clientId, content, groupInfo, suite: next.suiteId };
    try {
      await this.calls.commit(send);
      return true;
    } catch (error) {
      if (codeOf(error) === 'stale-epoch') return false;
      throw error;
    }
  }

  /** A key package for each, checked against what the server says about the device. */
  private async fetchPackages(
    wanted: Wanted[],
    suite: number,
    ready: Map<string, string | undefined>,
  ): Promise<void> {
    const lacking = wanted.filter(({ name }) => !ready.has(name));
    for (const it of lacking) ready.set(it.name, undefined);
    for (const user of new Set(lacking.map((it) => it.user))) {
      const devices = lacking.filter((it) => it.user === user);
      const ids = devices.map((it) => it.device);
      for (const { deviceId, keyPackage } of await this.calls.keyPackages(user, suite, ids)) {
        const device = devices.find((it) => it.device === deviceId)!;
        if (await isFor(device, keyPackage, suite)) ready.set(device.name, keyPackage);
      }
    }
  }
}

/** The first commit of a group that is not the conversation's first begins anew. */
function kindOf({ isNew, base }: Group): SealedKind {
  return isNew && base > 0 ? 'restart' : 'commit';
}

function lengthOf({ data, welcome }: Commit): number {
  return data.length + (welcome?.length ?? 0);
}
