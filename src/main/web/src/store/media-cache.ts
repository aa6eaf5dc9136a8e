import type { MediaId, MediaSize } from '../wire/media';
import type { Database } from './database';

/** So much is kept at most; what was not looked at for longest goes first. */
export const KEPT_BYTES_MAX = 128 * 1024 * 1024;

/** Something larger would push out too much else. */
const ONE_BYTES_MAX = 8 * 1024 * 1024;

/** That something was looked at is written down not oftener than this. */
const TOUCH_MS = 60 * 60 * 1000;

/** The pictures that were seen on this device, so that they are there without a network too. */
export class MediaCache {
  private bytes?: number;

  constructor(
    private readonly db: Database,
    private readonly bytesMax = KEPT_BYTES_MAX,
  ) {}

  async get(id: MediaId, size: MediaSize): Promise<Blob | undefined> {
    const kept = await this.db.get('media', keyOf(id, size));
    if (!kept) return undefined;
    if (Date.now() - kept.usedAt > TOUCH_MS) {
      await this.db.put('media', { ...kept, usedAt: Date.now() });
    }
    return kept.blob;
  }

  async put(id: MediaId, size: MediaSize, blob: Blob): Promise<void> {
    if (blob.size > ONE_BYTES_MAX) return;
    this.bytes ??= await this.count();
    await this.db.put('media', { key: keyOf(id, size), blob, usedAt: Date.now() });
    this.bytes += blob.size;
    if (this.bytes > this.bytesMax) await this.makeRoom();
  }

  private async count(): Promise<number> {
    const all = await this.db.getAll('media');
    return all.reduce((sum, kept) => sum + kept.blob.size, 0);
  }

  /** Leaves some room, so that this need not be done for every picture. */
  private async makeRoom(): Promise<void> {
    const change = this.db.transaction('media', 'readwrite');
    let left = 0;
    for (const kept of await change.store.getAll()) left += kept.blob.size;
    let cursor = await change.store.index('usedAt').openCursor();
    while (cursor && left > this.bytesMax * 0.8) {
      left -= cursor.value.blob.size;
      await cursor.delete();
      cursor = await cursor.continue();
    }
    await change.done;
    this.bytes = left;
  }
}

function keyOf(id: MediaId, size: MediaSize): string {
  return `${id}/${size}`;
}
