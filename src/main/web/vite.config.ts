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
  'keys',
  'media',
  'messages',
  'push',
  'sessions',
  'socket-tickets',
  'users',
];

const proxy = {
  ...Object.fromEntries(calls.map((call) => [`^/${call}(/|\\?|$)`, node])),
  '/socket': { target: node, ws: true },
};

const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    // Read by the worker's build, for what it keeps for offline use; not served.
    manifest: true,
    // What the libraries in the script ask to go with them.
    license: { fileName: 'licences.md' },
    // Inlined assets would be data: URLs, which the policy refuses for all but images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy },
  // The built app under the policy that nodes serve it with.
  preview: { proxy, headers: { 'Content-Security-Policy': policy } },
  test: { include: ['test/**/*.test.ts'] },
});
