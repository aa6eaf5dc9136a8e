// Builds and tests the web app for Maven, and does again only what has to be: npm ci when the lock
// file has changed, the build when any source has.
//
//   src/main/web/node_modules/.parley-lock   the lock file that was installed
//   src/main/web/dist/.parley-sources        hash of the sources that dist/ was built from
//   OUTPUT                                   what is served, with .br and .gz beside what shrinks;
//                                            files.txt lists it
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const web = fileURLToPath(new URL('../main/web', import.meta.url));
const dist = join(web, 'dist');
const lockFile = join(web, 'package-lock.json');
const installed = join(web, 'node_modules', '.parley-lock');
const builtFrom = join(dist, '.parley-sources');

const TEXT = new Set(['.css', '.html', '.js', '.json', '.svg', '.txt', '.webmanifest']);
// Below this a packet is a packet, whatever it weighs.
const COMPRESSED_FROM_BYTES = 1024;

/** Every file below the folder whose path has no part that is left out, in a fixed order. */
function filesIn(folder, isLeftOut) {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !isLeftOut(entry.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesIn(path, isLeftOut) : [path];
    })
    .sort();
}

function read(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
}

function hashOfSources() {
  const hash = createHash('sha256').update(fs.readFileSync(fileURLToPath(import.meta.url)));
  for (const file of filesIn(web, (name) => ['node_modules', 'dist'].includes(name))) {
    hash.update(`\n${relative(web, file)}\n`).update(fs.readFileSync(file));
  }
  return hash.digest('hex');
}

/** Runs npm in the web folder; what it says is shown only when it fails. */
function npm(...args) {
  try {
    execFileSync('npm', args, { cwd: web, stdio: 'pipe', maxBuffer: 64 * 1024 * 1024 });
  } catch (failure) {
    process.stderr.write(`${failure.stdout ?? ''}${failure.stderr ?? ''}`);
    console.error(
      `The web app: npm ${args.join(' ')} has failed; -Dweb.skip builds without the web app.`,
    );
    process.exit(1);
  }
}

function install() {
  if (read(installed) === read(lockFile)) return;
  npm('ci', '--prefer-offline', '--no-audit', '--no-fund');
  fs.copyFileSync(lockFile, installed);
}

function compress(file) {
  const whole = fs.readFileSync(file);
  if (!TEXT.has(extname(file)) || whole.length < COMPRESSED_FROM_BYTES) return;
  const brotli = {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: whole.length,
    },
  };
  fs.writeFileSync(`${file}.br`, brotliCompressSync(whole, brotli));
  fs.writeFileSync(`${file}.gz`, gzipSync(whole, { level: 9 }));
}

/** What of dist/ is served, with its compressed forms: nothing that begins with a dot. */
function served() {
  return filesIn(dist, (name) => name.startsWith('.'));
}

/** The paths that it is served under. */
function paths() {
  return served()
    .filter((file) => !['.br', '.gz'].includes(extname(file)))
    .map((file) => relative(dist, file).split(sep).join('/'));
}

function build(output) {
  const sources = hashOfSources();
  if (read(builtFrom) !== sources) {
    install();
    npm('run', 'build');
    served().forEach(compress);
    fs.writeFileSync(builtFrom, sources);
  }
  fs.rmSync(output, { recursive: true, force: true });
  for (const file of served()) {
    const copy = join(output, relative(dist, file));
    fs.mkdirSync(dirname(copy), { recursive: true });
    fs.copyFileSync(file, copy);
  }
  fs.writeFileSync(join(output, 'files.txt'), `${paths().join('\n')}\n`);
}

function test() {
  install();
  npm('test');
}

const [command, output] = process.argv.slice(2);
if (command === 'build' && output) {
  build(output);
} else if (command === 'test') {
  test();
} else {
  console.error(`Usage: ${basename(process.argv[1])} build OUTPUT | test`);
  process.exit(2);
}
