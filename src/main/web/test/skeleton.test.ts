import { expect, test } from 'vitest';

test('the skeleton stands', () => expect(true).toBe(true));
