import { computed, signal } from '@preact/signals';
import type { Calls } from '../api/calls';
import { codeOf, Refusal } from '../api/problem';
import { Hub, type Notice } from '../socket/hub';
import type { Phase } from '../socket/connection';
import type { Progress } from '../socket/uploads';
import type { Prepared } from '../media/prepare';
import type { Conversation, Draft } from '../store/database';
import type { Touched } from '../store/ledger';
import { newConversation } from '../store/conversation';
import { SERVER_ID_LENGTH } from '../store/keys';
import { reacted } from '../store/message';
import { Store } from '../store/store';
import type { ConversationId, Message, MessageId, Session, UserId } from '../wire/forms';
import { unsent, type MediaId } from '../wire/media';
import { isReaction } from '../wire/sealed';
import { Attention } from './attention';
import { newClientId } from './client-id';
import { Groups } from './groups';
import { Lead } from './lead';
import { Live } from './live';
import { Media } from './media';
import { Notifications } from './notifications';
import { People } from './people';
import { Quotes } from './quotes';
import { Sealing } from './sealing';
import { Unsent } from './unsent';

/** The server's limit for what one message says, in bytes of UTF-8. */
export const TEXT_BYTES_MAX = 64 * 1024;

/** All that a signed-in user sees and does. */
export class Chat {
  /** How the socket is, whichever tab has it. */
  readonly phase = signal<Phase>('connecting');
  readonly conversations = signal<ReadonlyMap<ConversationId, Conversation>>(new Map());
  readonly drafts = signal<readonly Draft[]>([]);
  /** How far files have got that are on their way, by client id. */
  readonly progress = signal<ReadonlyMap<string, Progress>>(new Map());
  readonly live = new Live();
  readonly people: People;
  readonly quotes: Quotes;
  readonly groups: Groups;
  readonly unsent: Unsent;
  readonly media: Media;
  readonly notifications: Notifications;
  readonly sealing: Sealing;
  readonly attention: Attention;

  /** Newest first, the pinned ones before all others. */
  readonly sorted = computed(() =>
    [...this.conversations.value.values()]
      .filter((it) => it.last !== undefined || it.kind === 'group')
      .sort((a, b) => Number(b.pinned) - Number(a.pinned) || order(b).localeCompare(order(a))),
  );

  /** In how many conversations something waits to be read. */
  readonly unread = computed(
    () => this.sorted.value.filter((it) => it.unread > 0 && !it.archived && !it.muted).length,
  );

  private closed = false;
  private readonly hub: Hub;
  private readonly watchers = new Set<(touched: Touched) => void>();
  private readonly onOnline = () => this.hub.wish({ kind: 'probe' });
  private readonly onVisible = () => {
    if (document.visibilityState === 'visible') this.hub.wish({ kind: 'probe' });
  };

  private constructor(
    readonly store: Store,
    readonly calls: Calls,
    device: string,
    onSignedOut: () => void,
  ) {
    this.hub = new Hub(`parley-${store.me}`, (notice) => this.hear(notice));
    this.people = new People(store, calls, this.hub);
    this.quotes = new Quotes(store, calls);
    this.groups = new Groups(store, calls.groups);
    this.unsent = new Unsent(store);
    this.media = new Media(store, calls.media);
    this.notifications = new Notifications(calls);
    this.sealing = new Sealing(store, calls.keys, this.hub, device);
    this.attention = new Attention(store.me);
    addEventListener('online', this.onOnline);
    document.addEventListener('visibilitychange', this.onVisible);
    this.hub.run(new Lead(this, this.hub, onSignedOut));
  }

  static async open(session: Session, calls: Calls, onSignedOut: () => void): Promise<Chat> {
    const { userId, deviceId } = session;
    const chat = new Chat(await Store.open(userId), calls, deviceId, onSignedOut);
    try {
      await Promise.all([
        chat.loadConversations(),
        chat.loadDrafts(),
        chat.people.load(),
        chat.unsent.load(),
        chat.sealing.load(),
      ]);
      return chat;
    } catch (error) {
      chat.close();
      throw error;
    }
  }

  get me(): UserId {
    return this.store.me;
  }

  close(): void {
    this.closed = true;
    removeEventListener('online', this.onOnline);
    document.removeEventListener('visibilitychange', this.onVisible);
    this.attention.close();
    this.hub.close();
    this.media.close();
    this.store.close();
  }

  /** It may be one in which nothing has been said yet. */
  conversation(id: ConversationId): Conversation {
    return this.conversations.value.get(id) ?? newConversation(id, this.me);
  }

  /** What it is called. */
  title(conversation: Conversation): string {
    if (conversation.with !== undefined) return this.people.name(conversation.with);
    return conversation.title ?? '…';
  }

  /** The picture of a user or of a group. */
  pictureOf(id: UserId | ConversationId): MediaId | undefined {
    if (!id.startsWith('group:')) return this.people.get(id).picture;
    const group = this.groups.look(id);
    return group ? group.picture : this.conversations.value.get(id)?.picture;
  }

  /** Tells of what changes in the store, until the answer is called. */
  watch(watcher: (touched: Touched) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** Writes it down at once, and sends it as soon as that can be done. */
  async send(
    conversation: ConversationId,
    text: string,
    more: { replyTo?: MessageId; mentions?: UserId[] } = {},
  ): Promise<void> {
    if (new TextEncoder().encode(text).length > TEXT_BYTES_MAX) {
      throw new Refusal('too-large', 413, false, 'The text is too long');
    }
    await this.store.write({
      clientId: newClientId(),
      conversation,
      content: { type: 'text', text },
      writtenAt: new Date().toISOString(),
      ...more,
    });
    this.sendWaiting();
  }

  /** The same for a file, which is kept here until the server has it. */
  async sendMedia(
    conversation: ConversationId,
    { blob, content }: Prepared,
    more: { replyTo?: MessageId } = {},
  ): Promise<void> {
    const [clientId, writtenAt] = [newClientId(), new Date().toISOString()];
    const draft = { clientId, conversation, content, writtenAt, upload: {}, ...more };
    await this.store.write(draft, blob).catch((error: unknown) => {
      if ((error as Error).name !== 'QuotaExceededError') throw error;
      throw new Refusal('device-full', 0, true, 'No room for it on this device');
    });
    this.sendWaiting();
  }

  async sendAgain(draft: Draft): Promise<void> {
    const again = draft.upload !== undefined || draft.refused === 'unknown-media';
    const anew = { content: unsent(draft.content), upload: {}, sealed: undefined };
    await this.store.changeDraft(draft.clientId, { refused: undefined, ...(again && anew) });
    this.sendWaiting();
  }

  async discard(draft: Draft): Promise<void> {
    await this.store.dropDraft(draft.clientId);
    this.sendWaiting();
  }

  /** The user does not want to wait for the next try. */
  sendWaiting(): void {
    this.hub.tell({ kind: 'outbox' });
    this.hub.wish({ kind: 'flush' });
  }

  async read(id: ConversationId, seen: MessageId): Promise<void> {
    // What this device itself tells stands after a message of the server.
    const upTo = seen.slice(0, SERVER_ID_LENGTH);
    if (!(await this.store.read(id, upTo))) return;
    this.touched({ conversations: [id], messages: [], outbox: false });
    this.hub.wish({ kind: 'reads' });
  }

  typing(conversation: ConversationId, on: boolean): void {
    this.hub.wish({ kind: 'typing', conversation, on });
  }

  async edit(id: MessageId, text: string): Promise<void> {
    const message = await this.store.message(id);
    const plain = { type: 'text', text };
    const content = message ? await this.sealing.sealEdit(message, plain) : plain;
    this.touched(await this.store.putMessage(await this.calls.edit(id, content)));
  }

  async delete(id: MessageId): Promise<void> {
    await this.calls.delete(id).catch((error: unknown) => {
      if (codeOf(error) !== 'not-found') throw error;
    });
    const message = await this.store.message(id);
    if (!message) return;
    const { conversation, from, sentAt } = message;
    const content = { type: 'deleted' };
    const gone = { id, conversation, from, sentAt, content, deleted: true, read: true };
    this.touched(await this.store.putMessage(gone));
  }

  async react(id: MessageId, emoji: string, on: boolean): Promise<void> {
    const message = await this.store.message(id);
    if (message?.sealed) return this.reactSealed(message, emoji, on);
    await this.calls.react(id, emoji, on);
    this.touched(await this.store.changeMessage(id, (it) => reacted(it, this.me, emoji, on)));
  }

  /** What the server cannot read of a message it cannot read of what is thought of it either. */
  private async reactSealed(message: Message, emoji: string, on: boolean): Promise<void> {
    if (message.deleted) return;
    const { conversation, id: messageId } = message;
    const { at, touched } = await this.store.react(message, emoji, on);
    this.touched(touched);
    await this.store.write({
      clientId: newClientId(),
      conversation,
      content: { type: 'reaction', messageId, emoji, on, at },
      writtenAt: new Date().toISOString(),
    });
    this.sendWaiting();
  }

  /** Changes what only concerns the user's own list, here and on the server. */
  async arrange(
    id: ConversationId,
    change: Partial<Pick<Conversation, 'muted' | 'pinned' | 'archived'>>,
  ): Promise<void> {
    const before = this.conversation(id);
    await this.store.changeConversation(id, change);
    this.hub.tell({ kind: 'conversations' });
    try {
      await this.calls.arrange(id, change);
    } catch (error) {
      const { muted, pinned, archived } = before;
      await this.store.changeConversation(id, { muted, pinned, archived });
      this.hub.tell({ kind: 'conversations' });
      throw error;
    }
  }

  touched(touched: Touched): void {
    this.hub.tell({ kind: 'touched', touched });
  }

  /** What was under way when the user signed out finds no store any more. */
  private hear(notice: Notice): void {
    this.onNotice(notice).catch((error: unknown) => {
      if (!this.closed) throw error;
    });
  }

  private async onNotice(notice: Notice): Promise<void> {
    switch (notice.kind) {
      case 'phase':
        this.phase.value = notice.phase;
        if (notice.phase !== 'live') this.live.lost();
        else this.media.retry();
        return;
      case 'touched':
        return this.onTouched(notice.touched);
      case 'ephemeral':
        return this.live.take(notice.frame);
      case 'people':
        return this.people.load();
      case 'conversations':
        return this.loadConversations();
      case 'outbox':
        return this.loadDrafts();
      case 'progress':
        return this.onProgress(notice.clientId, notice.progress);
      case 'keys':
        return this.sealing.load();
    }
  }

  private onProgress(clientId: string, progress: Progress | undefined): void {
    const all = new Map(this.progress.value);
    if (progress) all.set(clientId, progress);
    else all.delete(clientId);
    this.progress.value = all;
  }

  private async onTouched(touched: Touched): Promise<void> {
    const found = await Promise.all(touched.conversations.map((id) => this.store.conversation(id)));
    const conversations = new Map(this.conversations.value);
    for (const it of found) if (it) conversations.set(it.id, it);
    for (const it of found) if (it?.last) this.live.types(it.id, it.last.from, false);
    this.conversations.value = conversations;
    // A message appears before its draft goes, so that it is not gone for a moment.
    for (const watcher of this.watchers) watcher(touched);
    void this.quotes.refresh(touched);
    void this.groups.refresh(touched);
    if (touched.outbox) await this.loadDrafts();
  }

  private async loadConversations(): Promise<void> {
    const all = await this.store.conversations();
    this.conversations.value = new Map(all.map((it) => [it.id, it]));
  }

  private async loadDrafts(): Promise<void> {
    // What is thought of a message stands there, and is no message.
    this.drafts.value = (await this.store.drafts()).filter((it) => !isReaction(it.content));
  }
}

/** Ids of messages sort by time. */
function order(conversation: Conversation): string {
  return conversation.last?.id ?? '';
}
