import { beforeEach, expect, test, vi } from 'vitest';
import { renew } from '../src/model/renewal';

const kept = new Map<string, string>();
const reload = vi.fn();
const there = () => Promise.resolve({ ok: true } as Response);

beforeEach(() => {
  kept.clear();
  reload.mockReset();
  vi.useFakeTimers();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  });
  return () => vi.useRealTimers();
});

test('an app that lacks a part is loaded anew, but not over and over', async () => {
  await renew(reload, there);
  await renew(reload, there);
  expect(reload).toHaveBeenCalledTimes(1);

  vi.advanceTimersByTime(5 * 60 * 1000);
  await renew(reload, there);
  expect(reload).toHaveBeenCalledTimes(2);
});

test('an app whose server is out of reach stays as it is', async () => {
  await renew(reload, () => Promise.reject(new TypeError('Failed to fetch')));
  await renew(reload, () => Promise.resolve({ ok: false } as Response));
  expect(reload).not.toHaveBeenCalled();

  await renew(reload, there);
  expect(reload).toHaveBeenCalledTimes(1);
});
