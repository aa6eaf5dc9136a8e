import { codeOf, PACK_AGAIN, Refusal } from '../api/problem';
import { Backoff } from '../socket/backoff';
import { Connection, type Phase, type Wire } from '../socket/connection';
import type { Hub, Leader, Wish } from '../socket/hub';
import type { Sendable } from '../socket/outbox';
import { Uploads } from '../socket/uploads';
import type { Draft } from '../store/database';
import type { Touched } from '../store/ledger';
import { saidLast } from '../store/conversation';
import type { ConversationId, ConversationInfo, MessageId } from '../wire/forms';
import { isReaction } from '../wire/sealed';
import type { Chat } from './chat';
import { announce } from './announce';
import { Parcels } from './parcels';

/** What the tab does that has the socket: it serves all tabs. */
export class Lead implements Leader {
  private readonly connection: Connection;
  private readonly uploads: Uploads;
  private readonly parcels: Parcels;
  private phase: Phase = 'connecting';
  private markingRead = false;

  constructor(
    private readonly chat: Chat,
    private readonly hub: Hub,
    onSignedOut: () => void,
  ) {
    const { store, calls } = chat;
    this.parcels = new Parcels(store, calls.media, chat.sealing);
    this.connection = new Connection({
      open: (ticket) => new WebSocket(socketUrl(ticket), 'parley.v1') as unknown as Wire,
      ticket: () => calls.socketTicket(),
      cursor: () => store.cursor(),
      apply: (entries, cursor) => chat.sealing.apply(entries, cursor),
      restart: (cursor) => this.takeAll(cursor),
      drafts: () => store.drafts(),
      seal: (draft) => this.seal(draft),
      refuse: async (clientId, refused) => {
        await this.refuse(clientId, refused);
        hub.tell({ kind: 'outbox' });
      },
      onPhase: (phase) => this.onPhase(phase),
      onTouched: (touched) => this.onTouched(touched),
      onKeysLow: () => void chat.sealing.publish().catch(() => {}),
      onEphemeral: (frame) => hub.tell({ kind: 'ephemeral', frame }),
      onSignedOut,
    });
    this.uploads = new Uploads({
      drafts: () => store.drafts(),
      file: (clientId) => store.file(clientId),
      pack: (draft, file) => this.parcels.pack(draft, file),
      transfer: async ({ upload }, { bytes: file, content: { name, opens } }, tell) => {
        const { transfer } = await import('../media/transfer');
        const token = (refused?: string) => calls.media.token(refused);
        const sealed = opens !== undefined;
        return transfer({ file, name, sealed, url: upload?.url, token, ...tell });
      },
      view: (mediaId) => calls.media.view(mediaId),
      drop: (mediaId) => calls.media.delete(mediaId),
      change: async (clientId, change) => {
        await store.changeDraft(clientId, change);
        hub.tell({ kind: 'outbox' });
      },
      onProgress: (clientId, progress) => hub.tell({ kind: 'progress', clientId, progress }),
      onReady: () => this.connection.flush(),
      backoff: new Backoff(),
    });
  }

  start(): void {
    void this.connection.connect();
    this.uploads.start();
  }

  stop(): void {
    this.uploads.stop();
    this.connection.stop();
  }

  fulfil(wish: Wish): void {
    switch (wish.kind) {
      case 'flush':
        void this.uploads.look();
        return this.connection.flush();
      case 'reads':
        return void this.markRead();
      case 'typing':
        return this.connection.typing(wish.conversation, wish.on);
      case 'probe':
        void this.uploads.look();
        return this.connection.probe();
      case 'report':
        return this.report();
    }
  }

  /** For a tab that was just opened. */
  private report(): void {
    this.hub.tell({ kind: 'phase', phase: this.phase });
    for (const [user, { online, lastSeen }] of this.chat.live.presence.value) {
      this.hub.tell({ kind: 'ephemeral', frame: { t: 'presence', user, online, lastSeen } });
    }
  }

  private onPhase(phase: Phase): void {
    this.phase = phase;
    this.hub.tell({ kind: 'phase', phase });
    if (phase !== 'live') return;
    this.uploads.start();
    void this.markRead();
    void this.chat.people.sync().catch(() => {});
    void this.arrive().catch(() => {});
  }

  /** Others find this device's keys, and it is in all that its user is in. */
  private async arrive(): Promise<void> {
    const { sealing, store } = this.chat;
    const published = sealing.publish().then(
      () => true,
      () => false,
    );
    await this.takeInfos().catch(() => {});
    await sealing.joinAll(await store.conversations());
    if (await published) await sealing.checkOwn();
  }

  private onTouched(touched: Touched): void {
    this.hub.tell({ kind: 'touched', touched });
    void this.chat.sealing.tend(touched).catch(() => {});
    if (this.phase === 'live') void announce(this.chat, touched);
  }

  private async seal(draft: Draft): Promise<Sendable> {
    try {
      return await this.chat.sealing.seal(draft);
    } catch (error) {
      if (codeOf(error) === PACK_AGAIN) {
        await this.parcels.unpack(draft);
        void this.uploads.look();
      }
      throw error;
    }
  }

  private async refuse(clientId: string, refused: string): Promise<void> {
    const { store } = this.chat;
    const draft = (await store.drafts()).find((it) => it.clientId === clientId);
    // It was sealed anew for a repeat, but the first one had arrived: that is the message.
    if (draft?.sealed && refused === 'client-id-reused') await store.dropDraft(clientId);
    else if (draft && isReaction(draft.content)) await this.takeBack(draft);
    else await store.changeDraft(clientId, { refused });
  }

  /** What could not be told is not shown either. */
  private async takeBack({ clientId, content }: Draft): Promise<void> {
    const { store } = this.chat;
    await store.dropDraft(clientId);
    const message = await store.message(content.messageId!);
    if (!message) return;
    const { touched } = await store.react(message, content.emoji!, !content.on);
    this.hub.tell({ kind: 'touched', touched });
  }

  private async takeAll(cursor: number): Promise<void> {
    const infos = await this.chat.calls.conversations();
    await this.chat.sealing.openAll(infos.flatMap((it) => saidLast(it) ?? []));
    await this.chat.store.restart(infos, cursor);
    this.hub.tell({ kind: 'conversations' });
    await this.lookBack(infos);
  }

  /** Where devices agreed on keys at last, what was said last is found before that. */
  private async lookBack(infos: ConversationInfo[]): Promise<void> {
    const { store, calls, sealing } = this.chat;
    for (const info of infos) {
      if (saidLast(info) || !info.lastMessage) continue;
      if ((await store.conversation(info.id))?.last) continue;
      const past = await calls.history(info.id);
      await sealing.openAll(past.messages);
      this.chat.touched(await store.keepHistory(info.id, past));
    }
  }

  private async takeInfos(): Promise<void> {
    const infos = await this.chat.calls.conversations();
    await this.chat.store.takeInfos(infos);
    this.hub.tell({ kind: 'conversations' });
    await this.lookBack(infos);
  }

  /** Tells the server what has been read; what it does not hear now it hears later. */
  private async markRead(): Promise<void> {
    if (this.markingRead) return;
    this.markingRead = true;
    try {
      // More may be read while the server is told.
      for (let reads = await this.reads(); reads.length > 0; reads = await this.reads()) {
        for (const { conversation, upTo } of reads) await this.tellRead(conversation, upTo);
      }
    } catch {
      // Out of reach: again with the next connection.
    } finally {
      this.markingRead = false;
    }
  }

  private reads() {
    return this.chat.store.pendingReads();
  }

  private async tellRead(conversation: ConversationId, upTo: MessageId): Promise<void> {
    const { store, calls } = this.chat;
    await calls.markRead(conversation, upTo).catch((error: unknown) => {
      if (!(error instanceof Refusal && error.isFinal)) throw error;
    });
    await store.readIsKnown(conversation, upTo);
  }
}

function socketUrl(ticket: string): string {
  const origin = location.origin.replace(/^http/, 'ws');
  return `${origin}/socket?ticket=${encodeURIComponent(ticket)}`;
}
