import { signal, type Signal } from '@preact/signals';
import { codeOf, Refusal } from '../api/problem';
import type { MediaCalls } from '../api/media-calls';
import type { Store } from '../store/store';
import type { Content } from '../wire/forms';
import { filesOf, type MediaId, type MediaLink, type MediaSize } from '../wire/media';
import { partOf, type Part } from '../media/parts';

/** So many pictures stay at hand. */
const AT_HAND_MAX = 300;

/** A link is used until shortly before it expires. */
const RENEW_BEFORE_MS = 60_000;

/** What is sealed comes as a whole: so long it may take, and longer when it is large. */
const WAIT_MS = 120_000;
const SLOWEST_BYTES_PER_MS = 50;

/** A picture: its address once it is loaded, or the code of why it cannot be. */
export interface Shown {
  url?: string;
  failed?: string;
}

/** Pictures and the like, from this device where it has them, or else from the server. */
export class Media {
  private readonly shown = new Map<string, Signal<Shown>>();
  private readonly files = new Map<string, Signal<string | undefined>>();
  private readonly links = new Map<MediaId, Promise<MediaLink>>();
  /** Of those at hand that came sealed, what opens them. */
  private readonly parts = new Map<MediaId, Part>();

  constructor(
    private readonly store: Store,
    private readonly calls: MediaCalls,
  ) {}

  /** What a message brings, in that size or the nearest one. */
  of(content: Content, size: MediaSize): Shown {
    if (!content.opens) return this.at(content.mediaId!, size);
    const part = partOf(content, size);
    return part ? this.sealed(part).value : {};
  }

  /** What is known; what is not is loaded. */
  at(id: MediaId, size: MediaSize): Shown {
    return this.find(id, size).value;
  }

  private sealed(part: Part): Signal<Shown> {
    this.parts.set(part.mediaId, part);
    return this.find(part.mediaId, 'original');
  }

  private find(id: MediaId, size: MediaSize): Signal<Shown> {
    const key = `${id}/${size}`;
    let shown = this.shown.get(key);
    if (shown) this.shown.delete(key);
    else {
      shown = signal<Shown>({});
      void this.load(id, size, shown);
    }
    this.shown.set(key, shown);
    this.forgetSome();
    return shown;
  }

  /** The user asks again, or the network is back. */
  retry(content?: Content): void {
    const wanted = content && filesOf(content);
    for (const [key, shown] of this.shown) {
      if (!shown.peek().failed) continue;
      const [which, size] = key.split('/') as [MediaId, MediaSize];
      if (wanted && !wanted.includes(which)) continue;
      shown.value = {};
      void this.load(which, size, shown);
    }
  }

  /** The file of what this device sends, or has just sent. */
  file(clientId: string): string | undefined {
    let file = this.files.get(clientId);
    if (!file) {
      const made = (file = signal<string | undefined>(undefined));
      this.files.set(clientId, made);
      void this.store.file(clientId).then((blob) => {
        if (blob) made.value = URL.createObjectURL(blob);
      });
    }
    return file.value;
  }

  /** The same, without looking for it. */
  knownFile(clientId: string | undefined): string | undefined {
    return clientId === undefined ? undefined : this.files.get(clientId)?.value;
  }

  /** An address for what is played or saved. */
  async address(content: Content): Promise<string> {
    if (!content.opens) return this.link(content.mediaId!);
    const shown = this.sealed(partOf(content, 'original')!);
    if (shown.peek().failed) this.retry(content);
    const { url, failed } = await settled(shown);
    if (url) return url;
    throw new Refusal(failed!, 0, false, 'It cannot be loaded or opened');
  }

  /** Parts of it can be had there, without a token. */
  private async link(id: MediaId): Promise<string> {
    const known = await this.links.get(id)?.catch(() => undefined);
    if (known && Date.parse(known.expiresAt) - Date.now() > RENEW_BEFORE_MS) return known.url;
    const asked = this.calls.link(id);
    this.links.set(id, asked);
    return (await asked).url;
  }

  close(): void {
    for (const { value } of this.shown.values()) if (value.url) URL.revokeObjectURL(value.url);
    for (const { value } of this.files.values()) if (value) URL.revokeObjectURL(value);
  }

  private async load(id: MediaId, size: MediaSize, shown: Signal<Shown>): Promise<void> {
    try {
      const blob = (await this.store.media.get(id, size)) ?? (await this.fetch(id, size));
      shown.value = { url: URL.createObjectURL(blob) };
    } catch (error) {
      shown.value = { failed: codeOf(error) };
    }
  }

  private async fetch(id: MediaId, size: MediaSize): Promise<Blob> {
    const blob = await this.bytes(id, size);
    // A device that is full shows it all the same.
    await this.store.media.put(id, size, blob).catch(() => {});
    return blob;
  }

  private async bytes(id: MediaId, size: MediaSize): Promise<Blob> {
    const part = this.parts.get(id);
    if (!part) return this.calls.bytes(id, size);
    const waitMs = Math.max(WAIT_MS, part.bytes / SLOWEST_BYTES_PER_MS);
    const sealed = await this.calls.bytes(id, size, waitMs);
    const { openFile } = await import('../crypto/files');
    return openFile(sealed, part.opens, part.mime);
  }

  private forgetSome(): void {
    if (this.shown.size <= AT_HAND_MAX) return;
    const [key, shown] = this.shown.entries().next().value!;
    this.shown.delete(key);
    this.parts.delete(key.split('/')[0]!);
    const { url } = shown.peek();
    if (url) URL.revokeObjectURL(url);
  }
}

/** As it is once it is loaded, or cannot be. */
function settled(shown: Signal<Shown>): Promise<Shown> {
  return new Promise((resolve) => {
    const end = shown.subscribe((now) => {
      if (!now.url && !now.failed) return;
      resolve(now);
      queueMicrotask(() => end());
    });
  });
}
