import { computed, effect, signal } from '@preact/signals';
import { language } from '../model/settings';
import en from './en.json';

/** A text by its name; English has all of them. */
export type TextKey = keyof typeof en;
type Texts = Record<TextKey, string>;

/** The languages there are, each in its own words; all but English are loaded when needed. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
type Code = keyof typeof LANGUAGES;

const loaded = signal<Partial<Record<Code, Texts>>>({ en });

const wanted = computed<Code>(() => {
  if (language.value !== 'system') return language.value;
  const spoken = navigator.languages.map((tag) => tag.slice(0, 2));
  return (spoken.find((code) => code in LANGUAGES) as Code | undefined) ?? 'en';
});

/** The language that texts are in right now. */
export const current = computed<Code>(() => (loaded.value[wanted.value] ? wanted.value : 'en'));

effect(() => {
  document.documentElement.lang = current.value;
});

/** The same with the user's region, for dates and numbers. */
export const locale = computed(
  () => navigator.languages.find((tag) => tag.startsWith(current.value)) ?? current.value,
);

/** Resolves when the wanted language is there; later changes load by themselves. */
export async function loadLanguage(): Promise<void> {
  await load(wanted.peek());
  effect(() => void load(wanted.value));
}

async function load(code: Code): Promise<void> {
  if (code === 'en' || loaded.peek()[code]) return;
  try {
    const { default: texts } = await import('./de.json');
    loaded.value = { ...loaded.peek(), [code]: texts };
  } catch {
    // Out of reach: English will do.
  }
}

type Values = Record<string, string | number>;

/** The text in the user's language, with what stands in its {braces} filled in. */
export function t(key: TextKey, values: Values = {}): string {
  const text = loaded.value[current.value]?.[key] ?? en[key];
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

type PluralKey = {
  [K in TextKey]: K extends `${infer Base}.other` ? Base : never;
}[TextKey];

/** The text for so many of something. */
export function plural(key: PluralKey, count: number, values: Values = {}): string {
  const form = new Intl.PluralRules(current.value).select(count) === 'one' ? 'one' : 'other';
  return t(`${key}.${form}` as TextKey, { count: number(count), ...values });
}

export function number(value: number): string {
  return new Intl.NumberFormat(locale.value).format(value);
}
