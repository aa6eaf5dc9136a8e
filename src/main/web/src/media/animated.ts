/** Whether a picture moves, told by its first bytes: a GIF may, a WebP or PNG says so. */
export function isAnimated(head: Uint8Array): boolean {
  const text = String.fromCharCode(...head);
  if (text.startsWith('GIF8')) return true;
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') {
    return text.slice(12, 16) === 'VP8X' && (head[20]! & 2) !== 0;
  }
  const frames = text.indexOf('acTL');
  return text.startsWith('\x89PNG') && frames > 0 && frames < (text + 'IDAT').indexOf('IDAT');
}
