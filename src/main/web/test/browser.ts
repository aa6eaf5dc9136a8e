import 'fake-indexeddb/auto';
import { vi } from 'vitest';

/** What a browser has and Node has not, as far as the app needs it to start. */
const kept = new Map<string, string>();
const nothing = () => {};

vi.stubGlobal('localStorage', {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
});
vi.stubGlobal('document', {
  documentElement: { dataset: {} },
  addEventListener: nothing,
  removeEventListener: nothing,
});
vi.stubGlobal('navigator', { languages: ['en'], userAgent: '' });
vi.stubGlobal('location', { origin: 'http://parley.test' });
vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: nothing }));
vi.stubGlobal('getComputedStyle', () => ({ getPropertyValue: () => '' }));
vi.stubGlobal('addEventListener', nothing);
vi.stubGlobal('removeEventListener', nothing);
