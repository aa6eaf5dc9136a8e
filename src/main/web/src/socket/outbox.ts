import type { ClientFrame, ErrorFrame } from '../wire/frames';
import { Refusal } from '../api/problem';
import type { Draft } from '../store/database';
import type { Content } from '../wire/forms';
import type { Backoff } from './backoff';

/** How long the server may take to confirm a message before the socket counts as dead. */
const CONFIRM_MS_MAX = 20_000;

/** What of a draft goes over the wire. */
export type Sendable = Pick<Draft, 'content' | 'replyTo' | 'mentions'>;

/** What the outbox needs of its surroundings. */
export interface OutboxPorts {
  drafts(): Promise<Draft[]>;
  /** Absent: drafts are sent as they are. */
  seal?(draft: Draft): Promise<Sendable>;
  refuse(clientId: string, code: string): Promise<void>;
  send(frame: ClientFrame): void;
  /** Nothing was heard of a message for too long. */
  stuck(): void;
  backoff: Backoff;
}

/**
 * Sends what was written, one at a time, so that what fails for a while holds up what was written
 * later and the order stays. A repeat has the same client id, so it is sent once.
 */
export class Outbox {
  private open = false;
  private current?: string;
  private turn = 0;
  private looking = false;
  private lookAgain = false;
  private timer?: ReturnType<typeof setTimeout>;

  constructor(private readonly ports: OutboxPorts) {}

  /** The client id of what is on its way. */
  get underWay(): string | undefined {
    return this.current;
  }

  start(): void {
    this.open = true;
    void this.flush();
  }

  stop(): void {
    this.open = false;
    this.turn++;
    this.current = undefined;
    clearTimeout(this.timer);
  }

  /** Sends the next one, unless one is under way. */
  async flush(): Promise<void> {
    this.lookAgain = true;
    if (this.looking) return;
    this.looking = true;
    try {
      while (this.lookAgain && this.open && this.current === undefined) {
        this.lookAgain = false;
        const next = nextOf(await this.ports.drafts());
        if (next && this.open) await this.begin(next);
      }
    } catch {
      // The store could not be read: that may pass.
      if (this.open) this.later();
    } finally {
      this.looking = false;
    }
  }

  /** It is safe, and stored as a message. */
  confirmed(ref: string): void {
    if (ref !== this.current) return;
    this.ports.backoff.reset();
    this.next();
  }

  async refused(frame: ErrorFrame): Promise<void> {
    if (frame.ref === undefined || frame.ref !== this.current) return;
    clearTimeout(this.timer);
    if (frame.problem.retryable) {
      this.later(frame.retryAfterMs);
      return;
    }
    await this.giveUp(frame.ref, frame.problem.code);
  }

  private async begin(draft: Draft): Promise<void> {
    this.current = draft.clientId;
    if (!this.ports.seal) return this.send(draft, draft);
    const turn = ++this.turn;
    try {
      const sendable = await this.ports.seal(draft);
      if (this.isStill(turn)) this.send(draft, sendable);
    } catch (error) {
      if (this.isStill(turn)) await this.unsealable(draft, error);
    }
  }

  /** The socket may have been lost and another one opened while the draft was sealed. */
  private isStill(turn: number): boolean {
    return this.open && this.turn === turn && this.current !== undefined;
  }

  private async unsealable(draft: Draft, error: unknown): Promise<void> {
    if (error instanceof Refusal && !error.isFinal) {
      this.later();
      return;
    }
    // What is no refusal is a group that cannot be worked with: the user is told, and can try again.
    const code = error instanceof Refusal ? error.code : 'cannot-seal';
    await this.giveUp(draft.clientId, code);
  }

  private async giveUp(clientId: string, code: string): Promise<void> {
    try {
      await this.ports.refuse(clientId, code);
    } catch {
      // It could not be stored: it is sent once more, later.
      if (this.current === clientId) this.later();
      return;
    }
    if (this.current === clientId) this.next();
  }

  private send(draft: Draft, { content, replyTo, mentions }: Sendable): void {
    const { clientId: ref, conversation: to } = draft;
    this.ports.send({ t: 'send', ref, to, content: said(content), replyTo, mentions });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ports.stuck(), CONFIRM_MS_MAX);
  }

  private later(atLeastMs = 0): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.next(), Math.max(atLeastMs, this.ports.backoff.next()));
  }

  private next(): void {
    clearTimeout(this.timer);
    this.current = undefined;
    void this.flush();
  }
}

/**
 * What can be sent first. A file that is still on its way holds up what was written after it in the
 * same conversation, and nothing else.
 */
export function nextOf(drafts: readonly Draft[]): Draft | undefined {
  const heldUp = new Set<string>();
  for (const draft of drafts) {
    if (draft.refused !== undefined || heldUp.has(draft.conversation)) continue;
    if (draft.upload === undefined) return draft;
    heldUp.add(draft.conversation);
  }
  return undefined;
}

/** The server knows of a medium itself what it is. */
function said(content: Content): Content {
  if (content.type !== 'media') return content;
  const { type, mediaId, caption } = content;
  return { type, mediaId, caption };
}
