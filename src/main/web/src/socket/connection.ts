import { codeOf } from '../api/problem';
import type { Draft } from '../store/database';
import type { Touched } from '../store/ledger';
import type {
  ClientFrame,
  EntryFrame,
  HelloFrame,
  PresenceFrame,
  ServerFrame,
  TypingFrame,
} from '../wire/frames';
import { isEntry } from '../wire/frames';
import { Backoff } from './backoff';
import { Cursor } from './cursor';
import { Outbox, type Sendable } from './outbox';

/** `stopped`: the server does not want this client back; loading the app anew may help. */
export type Phase = 'offline' | 'connecting' | 'replaying' | 'live' | 'stopped';

/** A new device replays at most so much of its mailbox; for more the server's lists are quicker. */
export const REPLAY_MAX = 500;

/** Nothing heard for so long: is anybody there? */
const QUIET_MS_MAX = 25_000;
const PONG_MS_MAX = 8_000;

const CLOSE_SIGNED_OUT = 4501;
const CLOSE_TOKEN_EXPIRED = 4502;
const CLOSE_TOO_LARGE = 4513;

/** The part of a WebSocket that is used. */
export interface Wire {
  send(text: string): void;
  close(code?: number): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: string }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
}

/** What the connection needs: the network, the store, and somebody to tell. */
export interface ConnectionPorts {
  open(ticket: string): Wire;
  ticket(): Promise<string>;
  cursor(): Promise<number | undefined>;
  apply(entries: EntryFrame[], cursor: number): Promise<Touched>;
  /** Takes the state of things over REST; the mailbox goes on after the cursor. */
  restart(cursor: number): Promise<void>;
  drafts(): Promise<Draft[]>;
  /** What of a draft goes over the wire. */
  seal?(draft: Draft): Promise<Sendable>;
  refuse(clientId: string, code: string): Promise<void>;
  onPhase(phase: Phase): void;
  onTouched(touched: Touched): void;
  onKeysLow?(): void;
  onEphemeral(frame: TypingFrame | PresenceFrame): void;
  onSignedOut(): void;
  random?(): number;
}

/**
 * Keeps one socket open and what comes over it in the store: entries are stored first and
 * acknowledged then, and a socket that is lost goes on from what is stored.
 */
export class Connection {
  private wire?: Wire;
  private place = new Cursor(0);
  private fresh = false;
  private acknowledged = 0;
  private inbox: ServerFrame[] = [];
  private busy = false;
  private stopped = false;
  private reconnectAfterMs?: number;
  private retryTimer?: ReturnType<typeof setTimeout>;
  private quietTimer?: ReturnType<typeof setTimeout>;
  private phase: Phase = 'offline';
  private readonly backoff: Backoff;
  private readonly outbox: Outbox;

  constructor(private readonly ports: ConnectionPorts) {
    this.backoff = new Backoff(ports.random);
    this.outbox = new Outbox({
      drafts: () => ports.drafts(),
      seal: ports.seal && ((draft) => ports.seal!(draft)),
      refuse: (clientId, code) => ports.refuse(clientId, code),
      send: (frame) => this.send(frame),
      stuck: () => this.lost(this.wire),
      backoff: new Backoff(ports.random),
    });
  }

  async connect(): Promise<void> {
    clearTimeout(this.retryTimer);
    if (this.stopped || this.wire || this.phase === 'connecting') return;
    this.enter('connecting');
    try {
      const cursor = await this.ports.cursor();
      const ticket = await this.ports.ticket();
      if (!this.stopped) this.listen(this.ports.open(ticket), cursor);
    } catch (error) {
      if (codeOf(error) === 'unauthenticated') return this.stop();
      this.retryLater();
    }
  }

  /** For good; without it being anybody's fault. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.retryTimer);
    const wire = this.wire;
    this.forget();
    wire?.close(1000);
    this.enter('offline');
  }

  /** The network may be back, or gone: finds out now. */
  probe(): void {
    if (this.wire) this.ask();
    else void this.connect();
  }

  /** There is something new to send. */
  flush(): void {
    void this.outbox.flush();
  }

  typing(conversation: string, on: boolean): void {
    if (this.phase === 'live') this.send({ t: 'typing', conversation, on });
  }

  private listen(wire: Wire, cursor: number | undefined): void {
    this.wire = wire;
    this.fresh = cursor === undefined;
    this.place = new Cursor(cursor ?? 0);
    this.acknowledged = cursor ?? 0;
    this.inbox = [];
    wire.onopen = () => this.send({ t: 'attach', after: this.place.pos });
    wire.onmessage = (event) => {
      if (this.wire !== wire) return;
      this.listenOn();
      this.inbox.push(JSON.parse(event.data) as ServerFrame);
      void this.work(wire);
    };
    wire.onclose = (event) => {
      if (this.wire === wire) this.onClose(event.code);
    };
    this.listenOn();
  }

  /** Takes frames in the order in which they came; what comes meanwhile makes the next batch. */
  private async work(wire: Wire): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      while (this.wire === wire && this.inbox.length > 0) {
        const end = this.inbox.findIndex((frame) => !isEntry(frame));
        if (end === 0) await this.take(this.inbox.shift()!);
        else await this.store(this.inbox.splice(0, end < 0 ? this.inbox.length : end));
      }
    } catch {
      // The store failed, or the server's state could not be read: from the start of the batch again.
      this.lost(wire);
    } finally {
      this.busy = false;
    }
    if (this.wire && this.inbox.length > 0) void this.work(this.wire);
  }

  private async store(frames: ServerFrame[]): Promise<void> {
    const entries = frames as EntryFrame[];
    for (const entry of entries) this.place.came(entry.pos);
    this.ports.onTouched(await this.ports.apply(entries, this.place.pos));
    if (this.place.pos > this.acknowledged) {
      this.acknowledged = this.place.pos;
      this.send({ t: 'ack', pos: this.acknowledged });
    }
    for (const entry of entries) if (entry.t === 'sent') this.outbox.confirmed(entry.ref);
  }

  private async take(frame: ServerFrame): Promise<void> {
    switch (frame.t) {
      case 'hello':
        return this.onHello(frame);
      case 'caught-up':
        this.backoff.reset();
        return this.enter('live');
      case 'typing':
      case 'presence':
        return this.ports.onEphemeral(frame);
      case 'error':
        return this.outbox.refused(frame);
      case 'keys-low':
        return this.ports.onKeysLow?.();
      case 'draining':
        this.reconnectAfterMs = frame.reconnectAfterMs;
        return;
    }
  }

  private async onHello(hello: HelloFrame): Promise<void> {
    this.enter('replaying');
    const skip = this.fresh && hello.pos - hello.from > REPLAY_MAX;
    if (skip || hello.resume === 'reset') {
      const cursor = skip ? hello.pos : hello.from;
      await this.ports.restart(cursor);
      this.place = new Cursor(cursor);
    }
    if (skip) {
      const wire = this.wire;
      this.forget();
      wire?.close(1000);
      this.enter('offline');
      return this.connect();
    }
    this.outbox.start();
  }

  private onClose(code: number): void {
    const large = code === CLOSE_TOO_LARGE ? this.outbox.underWay : undefined;
    this.forget();
    if (code === CLOSE_SIGNED_OUT) {
      this.stop();
      return this.ports.onSignedOut();
    }
    if (large !== undefined) void this.ports.refuse(large, 'too-large');
    const mayNot = code >= 4500 && code <= 4999 && code !== CLOSE_TOKEN_EXPIRED;
    if (mayNot && large === undefined) {
      this.stopped = true;
      return this.enter('stopped');
    }
    this.retryLater();
  }

  private lost(wire: Wire | undefined): void {
    if (!wire || this.wire !== wire) return;
    this.forget();
    wire.close();
    this.retryLater();
  }

  private forget(): void {
    clearTimeout(this.quietTimer);
    this.outbox.stop();
    this.wire = undefined;
    this.inbox = [];
  }

  private retryLater(): void {
    this.enter('offline');
    const waitMs = (this.reconnectAfterMs ?? 0) + this.backoff.next();
    this.reconnectAfterMs = undefined;
    this.retryTimer = setTimeout(() => void this.connect(), waitMs);
  }

  private listenOn(): void {
    clearTimeout(this.quietTimer);
    this.quietTimer = setTimeout(() => this.ask(), QUIET_MS_MAX);
  }

  private ask(): void {
    const wire = this.wire;
    clearTimeout(this.quietTimer);
    if (this.phase !== 'connecting') this.send({ t: 'ping' });
    this.quietTimer = setTimeout(() => this.lost(wire), PONG_MS_MAX);
  }

  private send(frame: ClientFrame): void {
    this.wire?.send(JSON.stringify(frame));
  }

  private enter(phase: Phase): void {
    if (phase === this.phase) return;
    this.phase = phase;
    this.ports.onPhase(phase);
  }
}
