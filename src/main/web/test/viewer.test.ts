import { expect, test } from 'vitest';
import { AT_REST, bounded, scaled } from '../src/screens/viewer/gestures';

test('what is under the finger stays there when a picture is enlarged', () => {
  const before = { scale: 2, x: 10, y: -20 };
  const finger = { x: 70, y: 40 };
  const after = scaled(before, 4, finger);
  const under = ({ scale, x, y }: typeof before) => [
    (finger.x - x) / scale,
    (finger.y - y) / scale,
  ];

  expect(under(after)).toEqual(under(before));
});

test('a picture is never smaller than the screen, nor too large to make out', () => {
  expect(scaled({ scale: 2, x: 10, y: 10 }, 0.5, { x: 5, y: 5 })).toEqual(AT_REST);
  expect(scaled(AT_REST, 100, { x: 0, y: 0 }).scale).toBeLessThan(10);
});

test('an enlarged picture cannot be drawn off the screen', () => {
  expect(bounded({ scale: 2, x: 900, y: -900 }, 400, 800)).toEqual({ scale: 2, x: 200, y: -400 });
});
