// Brings the checkout up to date before Lorekeep runs: packages installed, code built. Says what it does, with times;
// costs some tens of milliseconds when there is nothing to do.
import { spawn } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { takenPort } from './check-port.mjs';
import { packagesAreCurrent, sourceFingerprint, text } from './fingerprint.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const stamps = join(root, 'node_modules', '.lorekeep');
const lock = join(root, '.lorekeep', 'prepare.lock');
const ENTRIES = [
  'apps/cli/dist/main.js',
  'apps/gateway/dist/main.js',
  'apps/worker/dist/main.js',
  'apps/engine/dist/main.js',
  'apps/web/dist/index.html',
];
const TICK_MS = 10_000;
const LOCK_POLL_MS = 500;

/** `command` is the word that follows: only `start` needs its port. */
export async function prepare(command) {
  if (isFresh()) return;
  if (command === 'start') {
    const taken = await takenPort(root, process.env);
    if (taken) throw explained(taken);
  }
  await locked(async () => {
    if (!packagesFresh()) await install();
    if (!buildFresh()) await build();
  });
}

const isFresh = () => packagesFresh() && buildFresh();

function packagesFresh() {
  const current = text(join(root, 'package-lock.json'));
  if (text(join(stamps, 'packages')) === current.hash) return true;
  // Installed by hand, without us: compare what npm says it installed.
  if (!packagesAreCurrent(current, text(join(root, 'node_modules', '.package-lock.json')))) return false;
  stamp('packages', current.hash);
  return true;
}

function buildFresh() {
  if (!ENTRIES.every((entry) => existsSync(join(root, entry)))) return false;
  return text(join(stamps, 'build')).content === sourceFingerprint(root);
}

async function install() {
  // npm's own path is in the environment when npm runs us; dev packages are needed to build, whatever NODE_ENV says.
  const npm = process.env.npm_execpath;
  const args = ['ci', '--include=dev', '--include=optional', '--loglevel=error', '--no-progress'];
  const [file, rest] = npm?.endsWith('.js') ? [process.execPath, [npm, ...args]] : ['npm', args];
  const first = !existsSync(join(root, 'node_modules', '.package-lock.json'));
  await step(`Installing packages (npm ci)${first ? ', about a minute the first time' : ''}`, file, rest, {
    failed:
      'The packages could not be installed: read the message of npm above; a broken connection to the registry is the usual cause.',
  });
  stamp('packages', text(join(root, 'package-lock.json')).hash);
}

async function build() {
  const before = sourceFingerprint(root);
  const nx = join(root, 'node_modules', '.bin', 'nx');
  await step('Building', process.execPath, [nx, 'run-many', '-t', 'build', '--outputStyle=static'], {
    env: { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false', NX_INTERACTIVE: 'false' },
    failed: 'The build failed: read the messages above.',
  });
  stamp('build', before);
}

/** Runs a command, silent while all is well; its output is shown when it fails. */
async function step(title, file, args, { env = {}, failed }) {
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1000);
  console.error(`${title} …`);
  const ticker = setInterval(() => console.error(`  still at it, ${seconds()} s`), TICK_MS);
  const child = spawn(file, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const code = await new Promise((done) => {
    child.once('error', (cause) => {
      output.push(Buffer.from(`${cause.message}\n`));
      done(1);
    });
    child.once('close', done);
  });
  clearInterval(ticker);
  if (code !== 0) {
    const said = Buffer.concat(output);
    process.stderr.write(said);
    throw explained(
      said.includes('ENOSPC') ? `The disk that holds ${root} is full: free some space there.` : failed,
    );
  }
  console.error(`  done in ${seconds()} s`);
}

/** Two commands on a fresh clone must not install at once. A lock of a process that has ended does not count. */
async function locked(work) {
  let told = false;
  while (!takeLock()) {
    if (!told) console.error('Another command is installing or building here: waiting for it …');
    told = true;
    await new Promise((done) => setTimeout(done, LOCK_POLL_MS));
  }
  const release = () => rmSync(lock, { force: true });
  process.once('exit', release);
  try {
    await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function takeLock() {
  const mine = `${lock}.${process.pid}`;
  try {
    mkdirSync(dirname(lock), { recursive: true, mode: 0o711 });
    writeFileSync(mine, String(process.pid));
    // Linking is the one step that both creates the lock and fills it.
    linkSync(mine, lock);
    return true;
  } catch (cause) {
    if (cause.code === 'ENOSPC')
      throw explained(`The disk that holds ${root} is full: free some space there.`);
    if (cause.code === 'EEXIST') return takeStaleLock(mine);
    throw explained(
      `The folder ${root} cannot be written by this user (${cause.code}): change its owner, or clone it elsewhere.`,
    );
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Moves the lock of a process that has ended out of the way; puts it back when a faster one had replaced it. */
function takeStaleLock(mine) {
  if (isAlive(Number(text(lock).content))) return false;
  const aside = `${mine}.stale`;
  try {
    renameSync(lock, aside);
    if (isAlive(Number(text(aside).content))) linkSync(aside, lock);
  } catch {
    // another one was faster; the next round tells
  }
  rmSync(aside, { force: true });
  return false;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return pid > 0;
  } catch (cause) {
    return cause.code === 'EPERM';
  }
}

/** A stamp that cannot be written only costs time at the next start. */
function stamp(name, content) {
  try {
    mkdirSync(stamps, { recursive: true });
    writeFileSync(join(stamps, name), content);
  } catch {
    // a checkout that belongs to somebody else
  }
}

function explained(sentence) {
  return Object.assign(new Error(sentence), { sentence });
}
