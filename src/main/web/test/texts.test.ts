import { expect, test } from 'vitest';
import de from '../src/i18n/de.json';
import en from '../src/i18n/en.json';

const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

test('every language has the same texts, in the same order', () => {
  expect(Object.keys(de)).toEqual(Object.keys(en));
});

test('translations fill in the same values', () => {
  for (const [key, text] of Object.entries(en)) {
    expect(placeholders(de[key as keyof typeof de]), key).toEqual(placeholders(text));
  }
});
