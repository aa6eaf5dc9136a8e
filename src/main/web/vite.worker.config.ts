import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';

const dist = join(import.meta.dirname, 'dist');

/** Everything that the app needs without a network, as paths of the server. */
function shell(): string[] {
  if (!existsSync(dist)) throw new Error('There is no dist/: run vite build first');
  return readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name).slice(dist.length))
    .filter((path) => !/^\/(\.vite\/|licences|index\.html$|sw\.js$)/.test(path))
    .sort();
}

/** Changes whenever any of the files does, so that a new worker replaces the old one. */
function version(paths: string[]): string {
  const hash = createHash('sha256');
  for (const path of [...paths, '/index.html']) hash.update(readFileSync(join(dist, path)));
  return hash.digest('hex').slice(0, 12);
}

const paths = shell();

/** Builds the service worker after the app: one plain script, which knows the app's files. */
export default defineConfig({
  define: { SHELL: JSON.stringify(paths), VERSION: JSON.stringify(version(paths)) },
  publicDir: false,
  build: {
    target: 'es2022',
    emptyOutDir: false,
    reportCompressedSize: false,
    rollupOptions: {
      input: 'src/worker/sw.ts',
      output: { format: 'iife', entryFileNames: 'sw.js' },
    },
  },
});
