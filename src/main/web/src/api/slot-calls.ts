import type { MediaId } from '../wire/media';
import type { Client } from './client';

const TUS = { 'Tus-Resumable': '1.0.0' };

/** Says that the server need not look inside: `true` in base64, as tus has it. */
const SEALED = 'sealed dHJ1ZQ==';

/**
 * Places for bytes that only the user's own devices reach: one device opens one, another fills it.
 * They are uploads by the tus protocol that no message brings, and go by themselves.
 */
export class SlotCalls {
  constructor(private readonly client: Client) {}

  async open(size: number): Promise<MediaId> {
    const asked = { ...TUS, 'Upload-Length': String(size), 'Upload-Metadata': SEALED };
    const headers = await this.client.headers('POST', '/uploads', asked);
    return headers.get('Location')!.split('/').at(-1)!;
  }

  async isFull(id: MediaId): Promise<boolean> {
    const headers = await this.client.headers('HEAD', `/uploads/${id}`, TUS);
    return headers.get('Upload-Offset') === headers.get('Upload-Length');
  }
}
