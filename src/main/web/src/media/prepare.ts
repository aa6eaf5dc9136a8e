import { Refusal } from '../api/problem';
import type { Content } from '../wire/forms';
import { FILE_BYTES_MAX, type MediaKind } from '../wire/media';
import { shrink } from './shrink';

/** How long a video may take to tell how large it is. */
const LOOK_MS_MAX = 4_000;

/** What is sent: the bytes, and what can be said of them already. */
export interface Prepared {
  blob: Blob;
  content: Content;
}

/** Makes a file ready to be sent; throws a {@link Refusal} when it cannot be. */
export async function prepare(file: File): Promise<Prepared> {
  if (file.size === 0) throw new Refusal('empty-file', 422, false, file.name);
  const kind = kindOf(file.type);
  const content: Content = { type: 'media', kind, mime: file.type, name: file.name };
  if (kind === 'image') {
    const { blob, width, height } = await shrink(file);
    const name = blob.type === file.type ? file.name : renamed(file.name, blob.type);
    return ready(blob, { ...content, name, mime: blob.type, width, height });
  }
  return ready(file, kind === 'video' ? { ...content, ...(await lookedAt(file)) } : content);
}

function ready(blob: Blob, content: Content): Prepared {
  if (blob.size > FILE_BYTES_MAX) throw new Refusal('file-too-large', 413, false, content.name!);
  return { blob, content: { ...content, size: blob.size } };
}

/** What became a JPEG is not called .heic any more. */
export function renamed(name: string, type: string): string {
  return `${name.replace(/\.[^.]*$/, '')}.${type === 'image/png' ? 'png' : 'jpg'}`;
}

export function kindOf(type: string): MediaKind {
  if (type === 'image/svg+xml') return 'file';
  const [kind] = type.split('/');
  return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : 'file';
}

/** Size and duration of a video, if the browser can play it. */
async function lookedAt(file: Blob): Promise<Partial<Content>> {
  const video = document.createElement('video');
  const url = URL.createObjectURL(file);
  try {
    await new Promise<void>((resolve, reject) => {
      video.onloadedmetadata = () => resolve();
      video.onerror = reject;
      setTimeout(reject, LOOK_MS_MAX);
      video.preload = 'metadata';
      video.src = url;
    });
    const durationMs = Number.isFinite(video.duration) ? video.duration * 1000 : undefined;
    return {
      width: video.videoWidth || undefined,
      height: video.videoHeight || undefined,
      durationMs: durationMs && Math.round(durationMs),
    };
  } catch {
    return {};
  } finally {
    video.removeAttribute('src');
    URL.revokeObjectURL(url);
  }
}
