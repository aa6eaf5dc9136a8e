import type { MediaId } from '../wire/media';
import type { Client } from './client';
import { Refusal, refusalIn } from './problem';

/** So much is sent at once. */
const CHUNK_BYTES = 4 * 1024 * 1024;

/** Says that the server need not look inside: `true` in base64, as tus has it. */
const SEALED = 'sealed dHJ1ZQ==';

/**
 * Places for bytes that only the user's own devices reach: one device opens one, another fills it.
 * They are uploads by the tus protocol that no message brings, and go by themselves.
 */
export class SlotCalls {
  constructor(private readonly client: Client) {}

  async open(size: number): Promise<MediaId> {
    const headers = { 'Upload-Length': String(size), 'Upload-Metadata': SEALED };
    const response = await this.request('POST', '/uploads', headers);
    return response.headers.get('Location')!.split('/').at(-1)!;
  }

  async fill(id: MediaId, bytes: Blob): Promise<void> {
    for (let at = 0; at < bytes.size; at += CHUNK_BYTES) {
      const headers = {
        'Upload-Offset': String(at),
        'Content-Type': 'application/offset+octet-stream',
      };
      const piece = bytes.slice(at, at + CHUNK_BYTES);
      await this.request('PATCH', `/uploads/${id}`, headers, piece);
    }
  }

  async isFull(id: MediaId): Promise<boolean> {
    const { headers } = await this.request('HEAD', `/uploads/${id}`, {});
    return headers.get('Upload-Offset') === headers.get('Upload-Length');
  }

  private async request(
    method: string,
    path: string,
    more: Record<string, string>,
    body?: Blob,
  ): Promise<Response> {
    const token = await this.client.token();
    const headers = { 'Tus-Resumable': '1.0.0', Authorization: `Bearer ${token}`, ...more };
    const response = await fetch(path, { method, headers, body }).catch((cause: unknown) =>
      Promise.reject(Refusal.offline(cause)),
    );
    if (!response.ok) throw await refusalIn(response);
    return response;
  }
}
