// Draws the PNG icons from public/icons/parley.svg with a Chromium: node build/icons.mjs [chromium]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const icons = fileURLToPath(new URL('../public/icons/', import.meta.url));
const svg = readFileSync(join(icons, 'parley.svg'), 'utf8');
// Launchers cut a maskable icon to their own shape: it has no corners, and keeps to the middle.
const maskable = svg
  .replace(' rx="116"', '')
  .replace('<path', '<g transform="translate(51 51) scale(.8)"><path')
  .replace('</svg>', '</g></svg>');

function draw(name, drawing, size) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-icons-'));
  const page = join(folder, 'icon.html');
  const sized = drawing.replace('<svg', `<svg width="${size}" height="${size}"`);
  writeFileSync(page, `<style>body{margin:0}svg{display:block}</style>${sized}`);
  execFileSync(process.argv[2] ?? 'chromium', [
    ...['--headless', '--no-sandbox', '--hide-scrollbars', `--user-data-dir=${folder}/profile`],
    ...['--default-background-color=00000000', `--window-size=${size},${size}`],
    ...[`--screenshot=${join(icons, name)}`, page],
  ]);
  rmSync(folder, { recursive: true });
}

draw('icon-192.png', svg, 192);
draw('icon-512.png', svg, 512);
draw('maskable-512.png', maskable, 512);
draw('touch-180.png', svg.replace(' rx="116"', ''), 180);
draw('badge-96.png', badge(), 96);

/** What a phone's status bar shows: only its outline counts. */
function badge() {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="100 90 330 330">${svg.match(/<path[^>]*>/)[0]}</svg>`;
}
