import { defineConfig } from 'vitest/config';

/** The node that the development server passes all but the app itself on to. */
const node = process.env.PARLEY_NODE ?? 'http://127.0.0.1:8080';
const calls = [
  'accounts',
  'blocks',
  'contacts',
  'conversations',
  'devices',
  'groups',
  'invites',
  'media',
  'messages',
  'push',
  'sessions',
  'socket-tickets',
  'users',
];

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    // Read by the worker's build, for what it keeps for offline use; not served.
    manifest: true,
    // Inlined assets would be data: URLs, which the policy refuses for all but images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    proxy: {
      ...Object.fromEntries(calls.map((call) => [`^/${call}(/|\\?|$)`, node])),
      '/socket': { target: node, ws: true },
    },
  },
  test: { include: ['test/**/*.test.ts'] },
});
