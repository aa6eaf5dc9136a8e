import type { Touched } from '../store/ledger';
import type { PresenceFrame, TypingFrame } from '../wire/frames';
import { locks } from './locks';
import type { Phase } from './connection';
import type { Progress } from './uploads';

/** What one tab tells all tabs, itself included. */
export type Notice =
  | { kind: 'phase'; phase: Phase }
  | { kind: 'touched'; touched: Touched }
  | { kind: 'ephemeral'; frame: TypingFrame | PresenceFrame }
  | { kind: 'people' }
  | { kind: 'conversations' }
  | { kind: 'outbox' }
  | { kind: 'progress'; clientId: string; progress?: Progress }
  | { kind: 'keys' };

/** What any tab asks of the one that has the socket. */
export type Wish =
  | { kind: 'flush' }
  | { kind: 'reads' }
  | { kind: 'typing'; conversation: string; on: boolean }
  | { kind: 'probe' }
  | { kind: 'report' };

type Letter = { notice: Notice } | { wish: Wish };

/** What has the socket does. */
export interface Leader {
  start(): void;
  fulfil(wish: Wish): void;
  stop(): void;
}

/**
 * Lets all tabs share one socket: the tab that holds a lock leads and has it, the others ask it, and
 * when it is closed the next one leads.
 */
export class Hub {
  private readonly channel: BroadcastChannel;
  private readonly abort = new AbortController();
  private leader?: Leader;
  private release?: () => void;

  constructor(
    private readonly name: string,
    private readonly onNotice: (notice: Notice) => void,
  ) {
    this.channel = new BroadcastChannel(name);
    this.channel.onmessage = ({ data }: MessageEvent<Letter>) => {
      if ('notice' in data) this.onNotice(data.notice);
      else this.leader?.fulfil(data.wish);
    };
  }

  /** Waits to lead, for as long as another tab does. */
  run(leader: Leader): void {
    const { signal } = this.abort;
    void locks
      .request(this.name, { signal }, async () => {
        this.leader = leader;
        leader.start();
        await new Promise<void>((resolve) => (this.release = resolve));
      })
      .catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    this.wish({ kind: 'report' });
  }

  tell(notice: Notice): void {
    if (this.abort.signal.aborted) return;
    this.channel.postMessage({ notice } satisfies Letter);
    this.onNotice(notice);
  }

  wish(wish: Wish): void {
    if (this.abort.signal.aborted) return;
    if (this.leader) this.leader.fulfil(wish);
    else this.channel.postMessage({ wish } satisfies Letter);
  }

  close(): void {
    this.leader?.stop();
    this.leader = undefined;
    this.abort.abort();
    this.release?.();
    this.channel.close();
  }
}
