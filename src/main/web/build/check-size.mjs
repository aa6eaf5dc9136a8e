// Fails the build when the first screen needs more script than a slow phone should fetch.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT_BYTES = 150 * 1024;
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

/** The chunk and all that it imports at once, without what it may load later. */
function needed(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const next of manifest[name].imports ?? []) needed(next, seen);
  return seen;
}

const files = [...needed('index.html')].map((name) => manifest[name].file);
const bytes = files
  .map((file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length)
  .reduce((sum, size) => sum + size, 0);
const inWords = `The first screen's script: ${(bytes / 1024).toFixed(1)} KiB compressed`;
if (bytes > LIMIT_BYTES) {
  console.error(`${inWords}, over the limit of ${LIMIT_BYTES / 1024}. Load something later.`);
  process.exit(1);
}
console.log(`${inWords}, of at most ${LIMIT_BYTES / 1024}`);
