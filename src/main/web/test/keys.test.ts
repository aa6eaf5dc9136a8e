import { expect, test } from 'vitest';
import { composes } from '../src/ui/keys';

test.each([
  ['Chrome and Firefox', true, 229],
  ['Safari, where the composing has ended already', false, 229],
])('Enter confirms a character in %s', (_, isComposing, keyCode) => {
  expect(composes({ isComposing, keyCode } as KeyboardEvent)).toBe(true);
});

test('Enter alone confirms nothing', () => {
  expect(composes({ isComposing: false, keyCode: 13 } as KeyboardEvent)).toBe(false);
});
