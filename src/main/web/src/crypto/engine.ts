import type { KeyCalls } from '../api/key-calls';
import { codeOf, packAgain, Refusal } from '../api/problem';
import { partner } from '../store/conversation';
import type { Draft, OpenedLetter } from '../store/database';
import type { KeyStore } from '../store/keys';
import { isMembership } from '../store/notice';
import { noKeyChange, type KeyChange } from '../store/unseal';
import type { Content, ConversationId, Message, MessageId, UserId } from '../wire/forms';
import { filesOf } from '../wire/media';
import {
  isHandshake,
  isReaction,
  isSealed,
  tailOf,
  type ConversationKeys,
  type Letter,
  type SealedContent,
} from '../wire/sealed';
import { Agreement } from './agreement';
import { fromUtf8, utf8 } from './bytes';
import type { Device } from './device';
import type { Group } from './group';
import { isLetter } from './letter';
import { fewOf, outlookOf, type Outlook } from './membership';
import { Work, type Session } from './work';

/** So long a group counts as having the right members, unless something tells of a change. */
const CHECKED_MS = 60_000;

/** A sealed draft that waited for longer than so many epochs is sealed anew. */
const DRAFT_EPOCHS_MAX = 4;

/** The server's limit for a content, less what stands around the data. */
const DATA_LENGTH_MAX = 64 * 1024 - 512;

/** What may be sealed, or tell of something that matters for keys. */
export interface Incoming {
  /** Absent: it is the new text of another message. */
  id?: MessageId;
  conversation: ConversationId;
  from: UserId;
  content: Content;
  clientId?: string;
}

/** What of a message stays when it gets a new text. */
type Edited = Pick<Message, 'conversation' | 'id' | 'replyTo' | 'mentions'>;

export interface EnginePorts {
  keys: KeyStore;
  calls: KeyCalls;
  device: Device;
  /** One tab at a time, since keys that were used may not be used again. */
  lock<T>(work: () => Promise<T>): Promise<T>;
  now(): number;
  newId(): string;
  /** Somebody's keys are new or not those that were known. */
  onKeys(change: KeyChange): Promise<void>;
}

/** Seals what this device says and opens what it hears. */
export class Engine {
  private readonly agreement: Agreement;
  /** What was found out about conversations that are not encrypted, and when. */
  private readonly plain = new Map<ConversationId, { outlook: Outlook; at: number }>();
  /** When a way into a group was looked for last, and there was none. */
  private readonly tried = new Map<ConversationId, number>();

  constructor(private readonly ports: EnginePorts) {
    const write = (work: Work) => this.write(work);
    this.agreement = new Agreement(ports.calls, write, ports.now, ports.newId);
  }

  /** Opens what can be opened; `then` stores that together with what it came with. */
  async open<T>(incoming: Incoming[], then: (keys: KeyChange) => Promise<T>): Promise<T> {
    const relevant = incoming.filter((it) => isSealed(it.content) || isMembership(it.content));
    if (relevant.length === 0) return then(noKeyChange());
    return this.locked(async (work) => {
      for (const it of relevant) await this.take(work, it);
      const change = await work.finish();
      const result = await then(change);
      await this.ports.onKeys(change);
      return result;
    });
  }

  /** What of a draft goes over the wire: sealed where the conversation is, or can be. */
  seal(draft: Draft): Promise<Pick<Draft, 'content' | 'replyTo' | 'mentions'>> {
    return this.locked(async (work) => {
      const { conversation, clientId, content, replyTo, mentions } = draft;
      const session = await this.ready(work, conversation);
      if (!session) return { content, replyTo, mentions };
      if (content.type === 'media' && !content.opens) throw packAgain();
      const { sealed } = draft;
      if (sealed && isRecent(session.group, sealed)) {
        return { content: sealed };
      }
      const letter = { content, replyTo, mentions };
      const made = await this.sealLetter(work, conversation, session, letter);
      await this.write(work, { clientId, content: made });
      return { content: made };
    });
  }

  /** The new text of a message that was sealed; it takes the place of all that was sealed before. */
  sealEdit(message: Edited, content: Content): Promise<Content> {
    return this.locked(async (work) => {
      const { conversation, id: edits, replyTo, mentions } = message;
      const session = await this.ready(work, conversation);
      if (!session) throw new Refusal('cannot-seal', 409, false, 'There is no group any more');
      const letter = { content, replyTo, mentions, edits };
      const sealed = await this.sealLetter(work, conversation, session, letter);
      await this.write(work);
      return sealed;
    });
  }

  /** Whether it is encrypted already, or what it will be with the next message. */
  outlook(id: ConversationId): Promise<Outlook | 'sealed'> {
    return this.locked(async (work) => {
      if (await work.session(id)) return 'sealed';
      const found = (await this.members(id)) ?? { members: [] };
      return found.epoch ? 'sealed' : this.look(id, found);
    });
  }

  /** Sees to it that the group has the right devices, as after a change of who is in it. */
  tend(id: ConversationId): Promise<void> {
    return this.locked(async (work) => {
      const session = await work.session(id);
      if (!session) return;
      await this.fresh(work, id, { ...session, checkedAt: 0 });
      await this.write(work);
    });
  }

  /** Joins what this device is not in yet, though its user is. */
  join(id: ConversationId): Promise<boolean> {
    return this.locked(async (work) => {
      const session = (await work.session(id)) ?? (await this.agreement.enter(work, id));
      await this.write(work);
      return session !== undefined;
    });
  }

  private async take(work: Work, incoming: Incoming): Promise<void> {
    try {
      const { conversation, content } = incoming;
      if (isMembership(content)) return await this.doubt(work, conversation);
      if (!isSealed(content)) return;
      if (isHandshake(content)) await this.takeHandshake(work, incoming, content);
      else await this.takeLetter(work, incoming, content);
    } catch (error) {
      // What cannot be fetched now is read later; the rest cannot be read at all.
      if (error instanceof Refusal && !error.isFinal) throw error;
    }
  }

  /** Who is in the conversation has changed: the next to send sees to it. */
  private async doubt(work: Work, id: ConversationId): Promise<void> {
    this.plain.delete(id);
    this.tried.delete(id);
    const session = await work.session(id);
    if (session) await work.keep(id, { ...session, checkedAt: 0 });
  }

  private async takeHandshake(
    work: Work,
    { conversation, from, clientId }: Incoming,
    { kind, epoch, data, welcome }: SealedContent,
  ): Promise<void> {
    if (kind === 'proposal') return;
    this.plain.delete(conversation);
    const session = await work.session(conversation);
    if (session && epoch > session.group.epoch) await this.agreement.catchUp(work, conversation);
    else if (session) {
      const own = from === work.device.user ? clientId : undefined;
      await this.agreement.follow(work, conversation, { epoch, data, kind, clientId: own });
    }
    if (!welcome || (await work.session(conversation))) return;
    const welcomed = await this.agreement.welcome(work, conversation, welcome);
    if (welcomed) await this.agreement.catchUp(work, conversation);
  }

  private async takeLetter(work: Work, incoming: Incoming, content: SealedContent): Promise<void> {
    const { conversation, from } = incoming;
    const tail = tailOf(content);
    const known = await work.opened(tail);
    if (known) return this.name(work, incoming, tail, known);
    let session = await work.session(conversation);
    // A new device: this one it cannot read, but those that follow.
    session ??= await this.enterOnce(work, conversation);
    if (session && content.epoch > session.group.epoch) {
      session = await this.agreement.catchUp(work, conversation);
    }
    if (!session) return;
    const { opened, next } = await session.group.open(content.data);
    await work.keep(conversation, { ...session, group: next });
    if (opened.by.user !== from) return;
    const letter: unknown = JSON.parse(fromUtf8(opened.text));
    if (!isLetter(letter)) return;
    const { user, device } = opened.by;
    const message = letter.edits ?? incoming.id;
    work.open(tail, { letter, user, device, conversation, message });
  }

  /** Of what this device sealed itself it learns now which message that has become. */
  private name(work: Work, { id, from }: Incoming, tail: string, known: OpenedLetter): void {
    if (known.message !== undefined || known.user !== from) return;
    const message = known.letter.edits ?? id;
    if (message !== undefined) work.open(tail, { ...known, message });
  }

  /** Where there was no way in a moment ago there is none for the next message either. */
  private async enterOnce(work: Work, id: ConversationId): Promise<Session | undefined> {
    const triedAt = this.tried.get(id);
    if (triedAt !== undefined && this.ports.now() - triedAt < CHECKED_MS) return undefined;
    this.tried.set(id, this.ports.now());
    try {
      const session = await this.agreement.enter(work, id);
      if (session) this.tried.delete(id);
      return session;
    } catch (error) {
      if (error instanceof Refusal && !error.isFinal) this.tried.delete(id);
      throw error;
    }
  }

  /** The group to seal with; undefined where the conversation is not encrypted and cannot be. */
  private async ready(work: Work, id: ConversationId): Promise<Session | undefined> {
    const kept = (await work.session(id)) ?? (await this.enter(work, id));
    if (!kept) return undefined;
    const session = await this.fresh(work, id, kept);
    await this.mustBeAccepted(work, id);
    if (session) return session;
    throw new Refusal('cannot-seal', 409, false, 'This device is not in the group');
  }

  private async enter(work: Work, id: ConversationId): Promise<Session | undefined> {
    const known = this.plain.get(id);
    const isPlain = known !== undefined && known.outlook.kind !== 'will-be';
    if (isPlain && this.ports.now() - known.at < CHECKED_MS) return undefined;
    const found = await this.members(id);
    if (found?.epoch) return this.agreement.comeIn(work, id, fewOf(found));
    if (!found || this.look(id, found).kind !== 'will-be') return undefined;
    this.plain.delete(id);
    return this.agreement.create(work, id, found.members);
  }

  /** With all commits and the right devices, if that was not looked at lately. */
  private async fresh(
    work: Work,
    id: ConversationId,
    session: Session,
  ): Promise<Session | undefined> {
    if (this.ports.now() - session.checkedAt < CHECKED_MS && !session.pending) return session;
    await work.keep(id, session);
    const caughtUp = await this.agreement.catchUp(work, id);
    const members = fewOf(await this.members(id));
    const current = caughtUp ?? (await this.agreement.comeIn(work, id, members));
    if (!current) return undefined;
    if (!members) return work.keep(id, { ...current, checkedAt: this.ports.now() });
    return this.agreement.tend(work, id, members);
  }

  private async sealLetter(
    work: Work,
    id: ConversationId,
    session: Session,
    letter: Letter,
  ): Promise<SealedContent> {
    const { data, next } = await session.group.seal(utf8(JSON.stringify(letter)));
    if (data.length > DATA_LENGTH_MAX) {
      throw new Refusal('too-large', 413, false, 'The text is too long');
    }
    await work.keep(id, { ...session, group: next });
    const { epoch } = session.group;
    const files = filesOf(letter.content);
    const media = files.length > 0 ? files : undefined;
    const kind = isReaction(letter.content) ? 'reaction' : undefined;
    const content: SealedContent = { type: 'sealed', protocol: 'mls', epoch, kind, data, media };
    // What this device has sealed it cannot open.
    const { user, id: device } = work.device;
    const message = letter.edits;
    work.open(tailOf(content), { letter, user, device, conversation: id, message });
    return content;
  }

  /** Nothing is said to somebody whose keys have changed until the user has accepted that. */
  private async mustBeAccepted(work: Work, id: ConversationId): Promise<void> {
    const other = partner(id, work.device.user);
    const identity = other === undefined ? undefined : await work.identity(other);
    if (!identity?.changed?.length && !identity?.alarm) return;
    // What was found out just now is kept, and shown.
    await this.write(work);
    throw new Refusal('identity-changed', 409, false, 'Their keys are not those that were known');
  }

  private look(id: ConversationId, found: ConversationKeys): Outlook {
    const outlook = outlookOf(found.members, found.tooMany ?? false, this.ports.device.user);
    this.plain.set(id, { outlook, at: this.ports.now() });
    return outlook;
  }

  private async members(id: ConversationId): Promise<ConversationKeys | undefined> {
    try {
      return await this.ports.calls.memberKeys(id);
    } catch (error) {
      if (codeOf(error) === 'not-found' || codeOf(error) === 'not-a-member') return undefined;
      throw error;
    }
  }

  private async write(work: Work, sealed?: Parameters<KeyStore['write']>[1]): Promise<void> {
    const change = await work.finish();
    await this.ports.keys.write(change, sealed);
    await this.ports.onKeys(change);
  }

  private locked<T>(run: (work: Work) => Promise<T>): Promise<T> {
    const { keys, device } = this.ports;
    return this.ports.lock(() => run(new Work(keys, device)));
  }
}

/** Whether others can still open what was sealed then. */
function isRecent(group: Group, { epoch }: SealedContent): boolean {
  return epoch > group.base && group.epoch - epoch <= DRAFT_EPOCHS_MAX;
}
