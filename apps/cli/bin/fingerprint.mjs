// What the checkout looks like, cheaply: names, sizes and times of the sources; the content of the lockfile.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SKIPPED = new Set(['dist', 'node_modules', 'samples', 'bench', 'bin']);
const NOT_BUILT = /(\.(spec|db-spec|e2e-spec|bench)\.tsx?|\.md)$/;
const CONFIGURATION = ['package-lock.json', 'nx.json', '.swcrc', 'rolldown.config.mjs', 'tsconfig.base.json'];

/** Changes whenever something that is built changes. */
export function sourceFingerprint(root) {
  const hash = createHash('sha256');
  const visit = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const child = join(path, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name)) visit(child);
      } else if (!NOT_BUILT.test(entry.name)) add(child);
    }
  };
  const add = (path) => {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path.slice(root.length)} ${size} ${mtimeMs}\n`);
  };
  for (const folder of ['apps', 'libs', 'migrations']) visit(join(root, folder));
  for (const file of CONFIGURATION) add(join(root, file));
  return hash.digest('hex');
}

/** Content and hash of a file; both empty when it cannot be read. */
export function text(path) {
  try {
    const content = readFileSync(path, 'utf8');
    return { content, hash: createHash('sha256').update(content).digest('hex') };
  } catch {
    return { content: '', hash: '' };
  }
}

/**
 * Whether what npm installed (node_modules/.package-lock.json) is what the lockfile asks for: same versions, and nothing
 * missing except packages for other platforms.
 */
export function packagesAreCurrent(wanted, installed) {
  if (!wanted.content || !installed.content) return false;
  const want = packagesOf(wanted.content);
  const have = packagesOf(installed.content);
  return Object.entries(want).every(([path, entry]) => {
    if (!path.includes('node_modules/') || entry.optional || entry.devOptional || entry.peer) return true;
    return entry.link ? path in have : have[path]?.version === entry.version;
  });
}

function packagesOf(content) {
  try {
    return JSON.parse(content).packages ?? {};
  } catch {
    return {};
  }
}
