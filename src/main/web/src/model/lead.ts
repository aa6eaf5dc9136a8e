import { codeOf, Refusal } from '../api/problem';
import { Backoff } from '../socket/backoff';
import { Connection, type Phase, type Wire } from '../socket/connection';
import type { Hub, Leader, Wish } from '../socket/hub';
import { Uploads } from '../socket/uploads';
import type { Touched } from '../store/ledger';
import type { ConversationId, MessageId } from '../wire/forms';
import type { Chat } from './chat';
import { announce } from './announce';

/** What the tab does that has the socket: it serves all tabs. */
export class Lead implements Leader {
  private readonly connection: Connection;
  private readonly uploads: Uploads;
  private phase: Phase = 'connecting';
  private markingRead = false;

  constructor(
    private readonly chat: Chat,
    private readonly hub: Hub,
    onSignedOut: () => void,
  ) {
    const { store, calls } = chat;
    this.connection = new Connection({
      open: (ticket) => new WebSocket(socketUrl(ticket), 'parley.v1') as unknown as Wire,
      ticket: () => calls.socketTicket(),
      cursor: () => store.cursor(),
      apply: (entries, cursor) => store.apply(entries, cursor),
      restart: async (cursor) => {
        await store.restart(await calls.conversations(), cursor);
        hub.tell({ kind: 'conversations' });
      },
      drafts: () => store.drafts(),
      refuse: async (clientId, refused) => {
        await store.changeDraft(clientId, { refused });
        hub.tell({ kind: 'outbox' });
      },
      onPhase: (phase) => this.onPhase(phase),
      onTouched: (touched) => this.onTouched(touched),
      onEphemeral: (frame) => hub.tell({ kind: 'ephemeral', frame }),
      onSignedOut,
    });
    this.uploads = new Uploads({
      drafts: () => store.drafts(),
      file: (clientId) => store.file(clientId),
      transfer: async ({ content, upload }, file, tell) => {
        const { transfer } = await import('../media/transfer');
        const token = (refused?: string) => calls.media.token(refused);
        return transfer({ file, name: content.name, url: upload?.url, token, ...tell });
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
    void this.takeInfos().catch(() => {});
  }

  private onTouched(touched: Touched): void {
    this.hub.tell({ kind: 'touched', touched });
    if (this.phase === 'live') void announce(this.chat, touched);
  }

  private async takeInfos(): Promise<void> {
    await this.chat.store.takeInfos(await this.chat.calls.conversations());
    this.hub.tell({ kind: 'conversations' });
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
      const isFinal = error instanceof Refusal && !error.retryable;
      if (!isFinal || codeOf(error) === 'unauthenticated') throw error;
    });
    await store.readIsKnown(conversation, upTo);
  }
}

function socketUrl(ticket: string): string {
  const origin = location.origin.replace(/^http/, 'ws');
  return `${origin}/socket?ticket=${encodeURIComponent(ticket)}`;
}
