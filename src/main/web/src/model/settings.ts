import { effect, signal } from '@preact/signals';

export type Theme = 'system' | 'light' | 'dark';
export type Language = 'system' | 'en' | 'de';

function kept<T extends string>(key: string, otherwise: T) {
  const setting = signal((localStorage.getItem(key) as T | null) ?? otherwise);
  effect(() => localStorage.setItem(key, setting.value));
  addEventListener('storage', (event) => {
    if (event.key === key && event.newValue) setting.value = event.newValue as T;
  });
  return setting;
}

/** What this browser remembers, whoever is signed in. */
export const theme = kept<Theme>('parley.theme', 'system');
/** Whether this browser's devices have keys; once they do, they keep them: others count on it. */
export const encryption = kept<'off' | 'on'>('parley.encrypts', 'on');
export const language = kept<Language>('parley.language', 'system');

const dark = matchMedia('(prefers-color-scheme: dark)');
const systemIsDark = signal(dark.matches);
dark.addEventListener('change', () => (systemIsDark.value = dark.matches));

effect(() => {
  const isDark = theme.value === 'dark' || (theme.value === 'system' && systemIsDark.value);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
  const paper = getComputedStyle(document.documentElement).getPropertyValue('--paper').trim();
  if (!paper) return;
  for (const meta of document.querySelectorAll('meta[name=theme-color]')) {
    meta.setAttribute('content', paper);
    meta.removeAttribute('media');
  }
});
