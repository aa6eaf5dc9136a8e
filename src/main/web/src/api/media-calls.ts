import type { MediaId, MediaLink, MediaSize, MediaView } from '../wire/media';
import type { Client } from './client';
import { Refusal } from './problem';

/** How often, and how many times, the server is asked whether it has looked at a file. */
const ASK_MS = 400;
const ASKED_MAX = 75;

/** The server's calls about pictures, videos, sounds and files. */
export class MediaCalls {
  constructor(private readonly client: Client) {}

  view(id: MediaId): Promise<MediaView> {
    return this.client.call('GET', `/media/${id}/info`);
  }

  /** A small file, in one piece; the answer comes once the server has looked at it. */
  async upload(file: Blob, name: string): Promise<MediaId> {
    const path = `/media?name=${encodeURIComponent(name)}`;
    let view = await this.client.upload<MediaView>(path, file);
    for (let asked = 0; view.state === 'processing' && asked < ASKED_MAX; asked++) {
      await new Promise((resolve) => setTimeout(resolve, ASK_MS));
      view = await this.view(view.id);
    }
    if (view.state === 'ready') return view.id;
    throw Refusal.of(view.problem ?? { code: 'busy', retryable: true }, 422);
  }

  /** A small file that was sealed on this device. */
  async uploadSealed(file: Blob): Promise<MediaId> {
    return (await this.client.upload<MediaView>('/media?sealed=true', file)).id;
  }

  bytes(id: MediaId, size: MediaSize, waitMs?: number): Promise<Blob> {
    return this.client.bytes(`/media/${id}?size=${size}`, waitMs);
  }

  link(id: MediaId): Promise<MediaLink> {
    return this.client.call('POST', `/media/${id}/links`);
  }

  /** What was never sent. */
  delete(id: MediaId): Promise<void> {
    return this.client.call('DELETE', `/media/${id}`);
  }

  token(refused?: string): Promise<string> {
    return this.client.token(refused);
  }
}
