import './browser';
import type { VNode } from 'preact';
import { beforeEach, expect, test, vi } from 'vitest';

const { resume, shown } = vi.hoisted(() => ({ resume: vi.fn(), shown: vi.fn() }));

vi.mock('preact', async (original) => ({ ...(await original<object>()), render: shown }));
vi.mock('../src/model/account', async (original) => ({ ...(await original<object>()), resume }));
vi.mock('../src/i18n/de.json', () => ({
  get default() {
    throw new Error('no network');
  },
}));

beforeEach(() => {
  vi.resetModules();
  shown.mockReset();
  vi.stubGlobal('navigator', { languages: ['de'], userAgent: '' });
  Object.assign(document, { getElementById: () => ({}) });
  Object.assign(location, { hash: '' });
});

/** The name of what is shown first. */
async function first(): Promise<string> {
  await import('../src/main');
  await vi.waitFor(() => expect(shown).toHaveBeenCalled());
  return ((shown.mock.calls[0]![0] as VNode).type as () => unknown).name;
}

test('an app whose language cannot be loaded starts in English', async () => {
  resume.mockResolvedValue(undefined);

  expect(await first()).toBe('App');
  const { current } = await import('../src/i18n/texts');
  expect(current.value).toBe('en');
});

test('an app that cannot open what is kept says so', async () => {
  resume.mockRejectedValue(new Error('no database'));

  expect(await first()).toBe('NotStarted');
});
