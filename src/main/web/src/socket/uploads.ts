import { Refusal } from '../api/problem';
import type { Transfer } from '../media/transfer';
import type { Draft, Upload } from '../store/database';
import type { Content } from '../wire/forms';
import { filesOf, type MediaView } from '../wire/media';
import type { Backoff } from './backoff';

/** So many files are on their way at once. */
const AT_ONCE = 2;

/** How often the server is asked whether it has looked at a file: soon, then less often. */
const ASK_MS_FIRST = 250;
const ASK_MS_MAX = 4_000;

/** How far a file has got: so much of it is sent, or all of it and the server looks at it. */
export interface Progress {
  sent: number;
  total: number;
  state: 'sending' | 'processing' | 'waiting';
}

/** The bytes that go to the server, and what the message says of them. */
export interface Parcel {
  bytes: Blob;
  content: Content;
}

/** What uploads need of their surroundings. */
export interface UploadPorts {
  drafts(): Promise<Draft[]>;
  file(clientId: string): Promise<Blob | undefined>;
  /** What of its file goes to the server: sealed where what is said is sealed. */
  pack(draft: Draft, file: Blob): Promise<Parcel>;
  transfer(draft: Draft, parcel: Parcel, tell: Tell): Promise<Transfer>;
  view(mediaId: string): Promise<MediaView>;
  drop(mediaId: string): Promise<void>;
  change(clientId: string, change: Partial<Draft>): Promise<void>;
  onProgress(clientId: string, progress: Progress | undefined): void;
  /** It is on the server, and can be sent. */
  onReady(): void;
  backoff: Backoff;
}

interface Tell {
  onUrl(url: string): void;
  onProgress(sent: number, total: number): void;
}

/** One that is on its way. */
interface Run {
  transfer?: Transfer;
  mediaId?: string;
  content: Content;
  /** It is not wanted here any more: by anybody, or by this tab. */
  gone?: 'forgotten' | 'kept';
  timer?: ReturnType<typeof setTimeout>;
  wake?: () => void;
}

/**
 * Brings the files of what waits to be sent to the server. Where one has got to is stored, so that
 * another tab, or this one after it was loaded anew, goes on from there.
 */
export class Uploads {
  private open = false;
  private looking = false;
  private lookAgain = false;
  private timer?: ReturnType<typeof setTimeout>;
  private readonly running = new Map<string, Run>();

  constructor(private readonly ports: UploadPorts) {}

  start(): void {
    this.open = true;
    this.ports.backoff.reset();
    void this.look();
  }

  /** The network is gone, or this tab: what the server has it keeps. */
  stop(): void {
    this.open = false;
    clearTimeout(this.timer);
    for (const run of this.running.values()) this.end(run, false);
    this.running.clear();
  }

  /** Begins what can be begun, and ends what is not wanted any more. */
  async look(): Promise<void> {
    this.lookAgain = true;
    if (this.looking) return;
    this.looking = true;
    clearTimeout(this.timer);
    this.timer = undefined;
    try {
      while (this.lookAgain) {
        this.lookAgain = false;
        const wanted = (await this.ports.drafts()).filter((it) => it.upload && !it.refused);
        this.endAllBut(new Set(wanted.map((draft) => draft.clientId)));
        if (!this.open) break;
        const begun = wanted.filter((draft) => !this.running.has(draft.clientId));
        for (const draft of begun.slice(0, AT_ONCE - this.running.size)) void this.run(draft);
      }
    } catch {
      // The store could not be read: that may pass.
      if (this.open) this.later();
    } finally {
      this.looking = false;
    }
  }

  private later(atLeastMs = 0): void {
    clearTimeout(this.timer);
    const waitMs = Math.max(atLeastMs, this.ports.backoff.next());
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.look();
    }, waitMs);
  }

  private endAllBut(wanted: ReadonlySet<string>): void {
    for (const [clientId, run] of this.running) {
      if (wanted.has(clientId)) continue;
      this.running.delete(clientId);
      this.end(run, true);
      this.ports.onProgress(clientId, undefined);
    }
  }

  private end(run: Run, forget: boolean): void {
    run.gone = forget ? 'forgotten' : 'kept';
    clearTimeout(run.timer);
    run.wake?.();
    if (run.mediaId === undefined) run.transfer?.stop(forget);
    if (!forget) return;
    for (const id of filesOf({ ...run.content, mediaId: run.mediaId })) {
      void this.ports.drop(id).catch(() => {});
    }
  }

  private async run(draft: Draft): Promise<void> {
    const { clientId } = draft;
    const run: Run = { content: draft.content };
    this.running.set(clientId, run);
    try {
      run.mediaId = await this.bring(draft, run);
      const content = run.gone ? undefined : await this.processed(draft, run, run.mediaId);
      if (!content || run.gone) return;
      await this.ports.change(clientId, { content, upload: undefined });
      this.ports.backoff.reset();
      this.ports.onProgress(clientId, undefined);
      this.ports.onReady();
    } catch (error) {
      if (!run.gone) await this.failed(draft, run, error).catch(() => this.later());
    } finally {
      if (this.running.get(clientId) === run) this.running.delete(clientId);
      if (!run.gone && this.timer === undefined) void this.look();
    }
  }

  /** Its bytes are on the server when this is done; the answer is the id there. */
  private async bring(draft: Draft, run: Run): Promise<string> {
    const { clientId, upload } = draft;
    const state: Upload = { ...upload };
    if (state.complete && state.url) return idIn(state.url);
    const file = await this.ports.file(clientId);
    if (!file) throw new Refusal('file-lost', 0, false, clientId);
    const tell = (sent: number) =>
      this.ports.onProgress(clientId, { sent, total: file.size, state: 'sending' });
    tell(0);
    const parcel = await this.ports.pack(draft, file);
    run.content = parcel.content;
    run.transfer = await this.ports.transfer(draft, parcel, {
      onUrl: (url) => {
        state.url = url;
        if (!run.gone) void this.ports.change(clientId, { upload: { ...state } });
      },
      onProgress: (sent) => !run.gone && tell(sent),
    });
    if (run.gone) run.transfer.stop(run.gone === 'forgotten');
    const mediaId = await run.transfer.done;
    state.complete = true;
    if (!run.gone) await this.ports.change(clientId, { upload: { ...state } });
    return mediaId;
  }

  /** What the server makes of it; undefined when it is not wanted any more. */
  private async processed(draft: Draft, run: Run, mediaId: string) {
    const total = draft.content.size ?? 0;
    for (let waitMs = ASK_MS_FIRST; !run.gone; waitMs = Math.min(ASK_MS_MAX, waitMs * 1.6)) {
      this.ports.onProgress(draft.clientId, { sent: total, total, state: 'processing' });
      const view = await this.ports.view(mediaId);
      if (view.state === 'ready') return contentOf(run.content, view);
      if (view.state === 'refused') {
        const { code = 'media-refused', detail = '' } = view.problem ?? {};
        throw new Refusal(code === 'too-large' ? 'picture-too-large' : code, 422, false, detail);
      }
      await new Promise<void>((resolve) => {
        run.wake = resolve;
        run.timer = setTimeout(resolve, waitMs);
      });
    }
    return undefined;
  }

  private async failed(draft: Draft, run: Run, error: unknown): Promise<void> {
    const { clientId } = draft;
    const refusal = error instanceof Refusal ? error : Refusal.offline(error);
    if (refusal.isFinal && run.mediaId !== undefined && refusal.code === 'not-found') {
      // The server has forgotten it: once more from the beginning.
      await this.ports.change(clientId, { upload: {} });
    } else if (refusal.isFinal) {
      this.ports.onProgress(clientId, undefined);
      await this.ports.change(clientId, { refused: refusal.code });
      return;
    }
    this.ports.onProgress(clientId, { sent: 0, total: 0, state: 'waiting' });
    this.later(refusal.retryAfterMs);
  }
}

function idIn(url: string): string {
  return url.split('/').at(-1)!;
}

function contentOf(content: Content, view: MediaView): Content {
  // Of what is sealed the server knows nothing.
  if (content.opens) return { ...content, mediaId: view.id };
  const { caption, name } = content;
  const { id: mediaId, state: _, sizes: __, problem: ___, transcoded: ____, ...known } = view;
  return { type: 'media', name, ...known, mediaId, caption };
}
