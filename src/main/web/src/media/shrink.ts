import { isAnimated } from './animated';
import { tells } from './tells';

/** The longer side of a picture that is sent, and how well it is kept. */
export const SIDE_PX_MAX = 2048;
const QUALITY = 0.8;

/** What cameras write about a picture stands before it. */
const HEAD_BYTES = 256 * 1024;

/** Something as small as this is sent as it is, if it has no more pixels than others have. */
const SMALL_BYTES = 400 * 1024;

/** What of a picture decides what is done with it. */
export interface Picture {
  type: string;
  bytes: number;
  width: number;
  height: number;
  animated: boolean;
  transparent: boolean;
  /** Its file may tell where and with what it was taken. */
  tells: boolean;
}

/** What is done: nothing, or drawn anew in another size and form. */
export type Plan = 'keep' | { type: 'image/jpeg' | 'image/png'; width: number; height: number };

/** Pictures lose what nobody sees on a screen; what moves is left alone. */
export function planFor(picture: Picture): Plan {
  const { type, bytes, animated, transparent, tells } = picture;
  if (type === 'image/gif' || type === 'image/svg+xml' || animated) return 'keep';
  const { width, height } = fitted(picture.width, picture.height, SIDE_PX_MAX);
  const fits = width === picture.width && height === picture.height;
  const common = /^image\/(jpeg|png|webp)$/.test(type);
  if (fits && common && !tells && (bytes <= SMALL_BYTES || transparent)) return 'keep';
  return { type: transparent ? 'image/png' : 'image/jpeg', width, height };
}

/** As large as it may be, and no larger than it is. */
export function fitted(width: number, height: number, sidePxMax: number) {
  const scale = Math.min(1, sidePxMax / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

export interface Shrunk {
  blob: Blob;
  width?: number;
  height?: number;
}

/** The picture as it is sent, upright. One that this browser cannot read is sent as it is. */
export async function shrink(file: Blob): Promise<Shrunk> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => {});
  if (!bitmap) return { blob: file };
  try {
    const { width, height } = bitmap;
    const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
    const picture = {
      type: file.type,
      bytes: file.size,
      width,
      height,
      animated: isAnimated(head.subarray(0, 4096)),
      transparent: file.type !== 'image/jpeg' && isTransparent(bitmap),
      tells: tells(head),
    };
    const plan = planFor(picture);
    if (plan === 'keep') return { blob: file, width, height };
    const blob = await drawn(bitmap, plan);
    const grew = blob.size >= file.size && width === plan.width && file.type === plan.type;
    return { blob: grew && !picture.tells ? file : blob, width: plan.width, height: plan.height };
  } finally {
    bitmap.close();
  }
}

/** Draws a part of a picture, or all of it, in that size. */
export async function drawn(
  bitmap: ImageBitmap,
  { type, width, height }: Exclude<Plan, 'keep'>,
  from = { x: 0, y: 0, width: bitmap.width, height: bitmap.height },
): Promise<Blob> {
  const canvas = newCanvas(width, height);
  const context = pen(canvas);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, from.x, from.y, from.width, from.height, 0, 0, width, height);
  if (canvas instanceof HTMLCanvasElement) {
    return new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error(type))), type, QUALITY),
    );
  }
  return canvas.convertToBlob({ type, quality: QUALITY });
}

/** Looked for in a small copy: what matters shows there too. */
function isTransparent(bitmap: ImageBitmap): boolean {
  const { width, height } = fitted(bitmap.width, bitmap.height, 128);
  const { data } = pixels(bitmap, width, height);
  for (let at = 3; at < data.length; at += 4) if (data[at]! < 250) return true;
  return false;
}

/** Its pixels when it is drawn in that size. */
export function pixels(bitmap: ImageBitmap, width: number, height: number): ImageData {
  const context = pen(newCanvas(width, height));
  context.drawImage(bitmap, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

type Canvas = HTMLCanvasElement | OffscreenCanvas;

function newCanvas(width: number, height: number): Canvas {
  if (typeof OffscreenCanvas === 'function') return new OffscreenCanvas(width, height);
  return Object.assign(document.createElement('canvas'), { width, height });
}

function pen(canvas: Canvas) {
  return canvas.getContext('2d') as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
}
