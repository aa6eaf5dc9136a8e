/** What begins the places where cameras and programs write about a picture. */
const MARKS = ['Exif\0\0', 'http://ns.adobe.com/xap/', 'eXIf', 'iTXt', 'tEXt', 'zTXt'];

/** Of a WebP the first bytes say whether it has such places, wherever those are. */
const WEBP_MARKS = 0x08 | 0x04;

/** Whether a picture tells, beside what is seen, things such as where it was taken. */
export function tells(head: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(head);
  if (text.startsWith('RIFF') && text.slice(8, 16) === 'WEBPVP8X') {
    return (head[20]! & WEBP_MARKS) !== 0;
  }
  return MARKS.some((mark) => text.includes(mark));
}
