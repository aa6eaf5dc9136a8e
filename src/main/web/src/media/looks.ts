import { rgbaToThumbHash } from 'thumbhash';
import { toBase64 } from '../crypto/bytes';
import type { Content } from '../wire/forms';
import type { PreviewSize } from '../wire/media';
import { loudness, WAVEFORM } from './recording';
import { drawn, fitted, pixels } from './shrink';
import { summed } from './waveform';

const PREVIEWS: PreviewSize[] = ['320', '800'];

/** A ThumbHash is made of a picture of at most so many pixels a side. */
const HASHED_PX = 100;

/** From where in a video its still is, so that it is not the black that many begin with. */
const STILL_SECONDS = 0.1;
const STILL_MS_MAX = 8_000;

/** Sounds are decoded as a whole: so large they may be, and for a waveform this rate is plenty. */
const SOUND_BYTES_MAX = 8 * 1024 * 1024;
const SOUND_HERTZ = 8_000;

/** What a server that saw the file would make of it. */
export interface Looks {
  known: Partial<Content>;
  previews: Map<PreviewSize, Blob>;
}

/** Looks at a file on the device, since nobody else can; of what it cannot read it knows nothing. */
export async function looksOf(file: Blob, content: Content): Promise<Looks> {
  try {
    if (content.kind === 'image') return await looksOfPicture(await upright(file), file, content);
    if (content.kind === 'video') return await looksOfVideo(file, content);
    if (content.kind === 'audio' && !content.waveform) {
      return { known: await looksOfSound(file), previews: new Map() };
    }
  } catch {
    // It is sent all the same, and shown by its name.
  }
  return { known: {}, previews: new Map() };
}

function upright(file: Blob): Promise<ImageBitmap> {
  return createImageBitmap(file, { imageOrientation: 'from-image' });
}

async function looksOfPicture(bitmap: ImageBitmap, file: Blob, { kind, mime }: Content) {
  const { width, height } = bitmap;
  const type = kind === 'image' && mime !== 'image/jpeg' ? 'image/png' : 'image/jpeg';
  const previews = new Map<PreviewSize, Blob>();
  try {
    for (const size of PREVIEWS) {
      const room = fitted(width, height, Number(size));
      // A video is no picture: of that one there has to be a still.
      if (kind === 'image' && room.width === width) continue;
      const preview = await drawn(bitmap, { type, ...room });
      if (preview.size < file.size) previews.set(size, preview);
    }
    const small = fitted(width, height, HASHED_PX);
    const { data } = pixels(bitmap, small.width, small.height);
    const placeholder = toBase64(rgbaToThumbHash(small.width, small.height, data));
    return { known: { width, height, placeholder }, previews };
  } finally {
    bitmap.close();
  }
}

async function looksOfVideo(file: Blob, content: Content): Promise<Looks> {
  const video = document.createElement('video');
  const url = URL.createObjectURL(file);
  try {
    await new Promise<void>((resolve, reject) => {
      setTimeout(reject, STILL_MS_MAX);
      video.onerror = reject;
      video.onloadeddata = () => {
        video.onseeked = () => resolve();
        video.currentTime = Math.min(STILL_SECONDS, video.duration / 2);
      };
      video.muted = true;
      video.preload = 'auto';
      video.src = url;
    });
    return await looksOfPicture(await createImageBitmap(video), file, content);
  } finally {
    video.removeAttribute('src');
    URL.revokeObjectURL(url);
  }
}

async function looksOfSound(file: Blob): Promise<Partial<Content>> {
  if (file.size > SOUND_BYTES_MAX) return {};
  const context = new OfflineAudioContext(1, 1, SOUND_HERTZ);
  const sound = await context.decodeAudioData(await file.arrayBuffer());
  const samples = sound.getChannelData(0);
  const step = Math.max(1, Math.ceil(samples.length / WAVEFORM));
  const levels: number[] = [];
  for (let at = 0; at < samples.length; at += step) {
    levels.push(loudness(samples.subarray(at, at + step)));
  }
  return {
    durationMs: Math.round(sound.duration * 1000),
    waveform: summed(levels, WAVEFORM),
  };
}
