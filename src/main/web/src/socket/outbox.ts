import type { ClientFrame, ErrorFrame } from '../wire/frames';
import type { Draft } from '../store/database';
import type { Content } from '../wire/forms';
import type { Backoff } from './backoff';

/** How long the server may take to confirm a message before the socket counts as dead. */
const CONFIRM_MS_MAX = 20_000;

/** What the outbox needs of its surroundings. */
export interface OutboxPorts {
  drafts(): Promise<Draft[]>;
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
    this.current = undefined;
    clearTimeout(this.timer);
  }

  /** Sends the next one, unless one is under way. */
  async flush(): Promise<void> {
    this.lookAgain = true;
    if (this.looking) return;
    this.looking = true;
    while (this.lookAgain && this.open && this.current === undefined) {
      this.lookAgain = false;
      const next = nextOf(await this.ports.drafts());
      if (next && this.open) this.send(next);
    }
    this.looking = false;
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
      const waitMs = Math.max(frame.retryAfterMs ?? 0, this.ports.backoff.next());
      this.timer = setTimeout(() => this.next(), waitMs);
      return;
    }
    await this.ports.refuse(frame.ref, frame.problem.code);
    this.next();
  }

  private send(draft: Draft): void {
    this.current = draft.clientId;
    const { conversation: to, replyTo, mentions } = draft;
    const content = said(draft.content);
    this.ports.send({ t: 'send', ref: draft.clientId, to, content, replyTo, mentions });
    this.timer = setTimeout(() => this.ports.stuck(), CONFIRM_MS_MAX);
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
