import type { MediaCalls } from '../api/media-calls';
import type { Parcel } from '../socket/uploads';
import type { Draft } from '../store/database';
import type { Store } from '../store/store';
import type { Content } from '../wire/forms';
import { unsent, type FileKey, type PreviewSize, type SealedPart } from '../wire/media';
import type { Sealing } from './sealing';

/** Makes the files of what is to be sent ready for their way to the server. */
export class Parcels {
  constructor(
    private readonly store: Store,
    private readonly calls: MediaCalls,
    private readonly sealing: Sealing,
  ) {}

  /** As it is, or sealed where what is said is; once begun it stays as it was begun. */
  async pack({ clientId, content, upload, conversation }: Draft, file: Blob): Promise<Parcel> {
    const isBegun = content.opens !== undefined || upload?.url !== undefined;
    const isSealed = isBegun ? content.opens : await this.sealing.willSeal(conversation);
    if (!isSealed) return { bytes: file, content };
    const { sealFile } = await import('../crypto/files');
    const { sealed, opens } = await sealFile(file, content.opens?.key);
    if (content.opens) return { bytes: sealed, content };
    const described = await this.describe(file, content, opens);
    await this.store.changeDraft(clientId, { content: described });
    return { bytes: sealed, content: described };
  }

  /** What is said there is not sealed any more as it was when its file was packed. */
  async unpack({ clientId, content }: Draft): Promise<void> {
    const change = { content: unsent(content), upload: {}, sealed: undefined };
    await this.store.changeDraft(clientId, change);
    if (content.mediaId) await this.calls.delete(content.mediaId).catch(() => {});
  }

  /** With all that the server would have found out, and smaller pictures, each sealed too. */
  private async describe(file: Blob, content: Content, opens: FileKey): Promise<Content> {
    const { looksOf } = await import('../media/looks');
    const { known, previews } = await looksOf(file, content);
    const sealed: Partial<Record<PreviewSize, SealedPart>> = {};
    for (const [size, preview] of previews) sealed[size] = await this.bring(preview);
    return { ...content, ...known, opens, previews: sealed };
  }

  private async bring(preview: Blob): Promise<SealedPart> {
    const { sealFile } = await import('../crypto/files');
    const { sealed, opens } = await sealFile(preview);
    return { mediaId: await this.calls.uploadSealed(sealed), opens };
  }
}
