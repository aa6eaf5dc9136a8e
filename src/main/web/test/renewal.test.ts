import { beforeEach, expect, test, vi } from 'vitest';
import { renew } from '../src/model/renewal';

const kept = new Map<string, string>();
const reload = vi.fn();

beforeEach(() => {
  kept.clear();
  reload.mockReset();
  vi.useFakeTimers();
  vi.stubGlobal('navigator', { onLine: true });
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  });
  return () => vi.useRealTimers();
});

test('an app that lacks a part is loaded anew, but not over and over', () => {
  renew(reload);
  renew(reload);
  expect(reload).toHaveBeenCalledTimes(1);

  vi.advanceTimersByTime(5 * 60 * 1000);
  renew(reload);
  expect(reload).toHaveBeenCalledTimes(2);
});

test('an app that is only out of reach of its parts stays as it is', () => {
  vi.stubGlobal('navigator', { onLine: false });
  renew(reload);

  expect(reload).not.toHaveBeenCalled();
});
