import { expect, test } from 'vitest';
import { isAnimated } from '../src/media/animated';
import { renamed } from '../src/media/prepare';
import { tells } from '../src/media/tells';
import { fitted, planFor, SIDE_PX_MAX, type Picture } from '../src/media/shrink';

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

const photo: Picture = {
  type: 'image/jpeg',
  bytes: 5_000_000,
  width: 4000,
  height: 3000,
  animated: false,
  transparent: false,
  tells: false,
};

test('a large photo becomes a smaller JPEG of the same shape', () => {
  expect(planFor(photo)).toEqual({ type: 'image/jpeg', width: SIDE_PX_MAX, height: 1536 });
});

test('a photo that is small already is sent as it is', () => {
  expect(planFor({ ...photo, bytes: 90_000, width: 1200, height: 900 })).toBe('keep');
});

test('a heavy photo is drawn anew though it has few pixels', () => {
  const plan = planFor({ ...photo, bytes: 2_000_000, width: 1200, height: 900 });

  expect(plan).toEqual({ type: 'image/jpeg', width: 1200, height: 900 });
});

test('a picture that tells where it was taken is drawn anew, which leaves that out', () => {
  const small = { ...photo, bytes: 90_000, width: 1200, height: 900, tells: true };

  expect(planFor(small)).toEqual({ type: 'image/jpeg', width: 1200, height: 900 });
  expect(tells(bytes('\xff\xd8\xff\xe1..Exif\0\0'))).toBe(true);
  expect(tells(bytes('\xff\xd8\xff\xe0..JFIF'))).toBe(false);
  expect(tells(bytes(`RIFF....WEBPVP8X....${'\x08'}`))).toBe(true);
  expect(tells(bytes(`RIFF....WEBPVP8X....${'\x10'}`))).toBe(false);
});

test('what moves is left alone', () => {
  expect(planFor({ ...photo, type: 'image/gif' })).toBe('keep');
  expect(planFor({ ...photo, type: 'image/webp', animated: true })).toBe('keep');
});

test('what can be seen through stays so', () => {
  const cut = { ...photo, type: 'image/png', transparent: true };

  expect(planFor(cut)).toMatchObject({ type: 'image/png', width: SIDE_PX_MAX });
  expect(planFor({ ...cut, width: 800, height: 600 })).toBe('keep');
});

test('a form that others may not know becomes a JPEG, however small', () => {
  const plan = planFor({ ...photo, type: 'image/heic', bytes: 1_000, width: 10, height: 10 });

  expect(plan).toEqual({ type: 'image/jpeg', width: 10, height: 10 });
});

test('nothing is made larger, and nothing vanishes', () => {
  expect(fitted(100, 50, 2048)).toEqual({ width: 100, height: 50 });
  expect(fitted(20_000, 3, 2048)).toEqual({ width: 2048, height: 1 });
});

test('moving pictures are told by their first bytes', () => {
  const bytes = (text: string) => Uint8Array.from(text, (it) => it.charCodeAt(0));
  const webp = (flags: string) => bytes(`RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0${flags}\0\0\0`);

  expect(isAnimated(bytes('GIF89a'))).toBe(true);
  expect(isAnimated(webp('\x02'))).toBe(true);
  expect(isAnimated(webp('\x10'))).toBe(false);
  expect(isAnimated(bytes('\x89PNG\r\n....IHDR....acTL....IDAT'))).toBe(true);
  expect(isAnimated(bytes('\x89PNG\r\n....IHDR....IDAT....acTL'))).toBe(false);
});

test('what became another form is called so', () => {
  expect(renamed('IMG.0815.heic', 'image/jpeg')).toBe('IMG.0815.jpg');
  expect(renamed('cut.webp', 'image/png')).toBe('cut.png');
});
