import type { Content } from '../wire/forms';
import type { MediaSize, SealedPart } from '../wire/media';

/** One file of a message that came sealed. */
export interface Part extends SealedPart {
  mime: string;
  bytes: number;
}

/** What a browser shows and does not run; all else is only saved. */
const SHOWN = /^(image\/(jpeg|png|gif|webp|avif|bmp)|video\/[\w.+-]+|audio\/[\w.+-]+)$/;
const UNSHOWN = 'application/octet-stream';

/** Which file shows it in that size: a smaller picture where there is one, or else itself. */
export function partOf(content: Content, size: MediaSize): Part | undefined {
  const { previews = {}, kind } = content;
  const small = size === '128' || size === '320' ? previews[320] : undefined;
  const preview = size === 'original' ? undefined : (small ?? previews[800] ?? previews[320]);
  if (preview) return { ...preview, mime: previewMime(content), bytes: 0 };
  // A video is no picture of itself.
  if (size !== 'original' && kind !== 'image') return undefined;
  return itself(content);
}

function itself({ mediaId, opens, mime = '', size: bytes = 0 }: Content): Part | undefined {
  const type = mime.split(';')[0]!.trim();
  if (!mediaId || !opens) return undefined;
  return { mediaId, opens, mime: SHOWN.test(type) ? type : UNSHOWN, bytes };
}

/** Pictures that may be seen through stay so in small. */
function previewMime({ kind, mime }: Content): string {
  return kind === 'image' && mime !== 'image/jpeg' ? 'image/png' : 'image/jpeg';
}
