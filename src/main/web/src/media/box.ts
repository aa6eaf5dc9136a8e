import type { Content } from '../wire/forms';
import { placeholderRatio } from './placeholder';

/** The room that a picture gets in a bubble, in CSS pixels. */
const WIDTH_MAX = 320;
const HEIGHT_MAX = 380;
const SIDE_MIN = 120;

/** How large a picture or video is shown: known before any of it is loaded. */
export function boxOf(content: Content): { width: number; height: number } {
  const ratio = ratioOf(content);
  const width = Math.min(WIDTH_MAX, HEIGHT_MAX * ratio, Math.max(SIDE_MIN, content.width ?? 1e4));
  const height = Math.min(HEIGHT_MAX, Math.max(SIDE_MIN, width / ratio));
  return { width: Math.round(Math.max(SIDE_MIN, width)), height: Math.round(height) };
}

function ratioOf({ width, height, placeholder }: Content): number {
  if (width && height) return width / height;
  return (placeholder && placeholderRatio(placeholder)) || 4 / 3;
}
