import { signal, type Signal } from '@preact/signals';
import { codeOf } from '../api/problem';
import type { MediaCalls } from '../api/media-calls';
import type { Store } from '../store/store';
import type { MediaId, MediaLink, MediaSize } from '../wire/media';

/** So many pictures stay at hand. */
const AT_HAND_MAX = 300;

/** A link is used until shortly before it expires. */
const RENEW_BEFORE_MS = 60_000;

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

  constructor(
    private readonly store: Store,
    private readonly calls: MediaCalls,
  ) {}

  /** What is known; what is not is loaded. */
  at(id: MediaId, size: MediaSize): Shown {
    const key = `${id}/${size}`;
    let shown = this.shown.get(key);
    if (shown) this.shown.delete(key);
    else {
      shown = signal<Shown>({});
      void this.load(id, size, shown);
    }
    this.shown.set(key, shown);
    this.forgetSome();
    return shown.value;
  }

  /** The user asks again, or the network is back. */
  retry(id?: MediaId): void {
    for (const [key, shown] of this.shown) {
      if (!shown.peek().failed) continue;
      const [which, size] = key.split('/') as [MediaId, MediaSize];
      if (id !== undefined && id !== which) continue;
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

  /** An address for what is played or saved: parts of it can be had, without a token. */
  async link(id: MediaId): Promise<string> {
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
    const blob = await this.calls.bytes(id, size);
    // A device that is full shows it all the same.
    await this.store.media.put(id, size, blob).catch(() => {});
    return blob;
  }

  private forgetSome(): void {
    if (this.shown.size <= AT_HAND_MAX) return;
    const [key, shown] = this.shown.entries().next().value!;
    this.shown.delete(key);
    const { url } = shown.peek();
    if (url) URL.revokeObjectURL(url);
  }
}
