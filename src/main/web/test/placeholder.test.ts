import { rgbaToThumbHash } from 'thumbhash';
import { expect, test } from 'vitest';
import { boxOf } from '../src/media/box';
import { placeholderRatio, placeholderUrl } from '../src/media/placeholder';

const hashOf = (width: number, height: number) => {
  const pixels = new Uint8Array(width * height * 4).fill(200);
  return btoa(String.fromCharCode(...rgbaToThumbHash(width, height, pixels)));
};

test('a placeholder becomes a picture that the policy allows', () => {
  expect(placeholderUrl(hashOf(40, 30))).toMatch(/^data:image\/png;base64,/);
});

test('what is no placeholder shows nothing', () => {
  expect(placeholderUrl('')).toBeUndefined();
  expect(placeholderUrl('not base64!')).toBeUndefined();
});

test('a placeholder tells the shape where nothing else does', () => {
  expect(placeholderRatio(hashOf(64, 32))).toBeGreaterThan(1.5);
});

test('the room for a picture is known before it is loaded, and has its shape', () => {
  const media = { type: 'media', kind: 'image' as const };

  expect(boxOf({ ...media, width: 1600, height: 1200 })).toEqual({ width: 320, height: 240 });
  expect(boxOf({ ...media, width: 1000, height: 2000 })).toEqual({ width: 190, height: 380 });
});

test('extreme shapes get a room that can be seen and tapped', () => {
  const media = { type: 'media', kind: 'image' as const };

  expect(boxOf({ ...media, width: 4000, height: 40 }).height).toBe(120);
  expect(boxOf({ ...media, width: 40, height: 4000 }).width).toBe(120);
  expect(boxOf({ ...media, width: 8, height: 8 })).toEqual({ width: 120, height: 120 });
});
