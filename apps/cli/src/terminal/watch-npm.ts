import { readFileSync } from 'node:fs';
import { processIdentity } from '@lorekeep/kit/process';

const POLL_MS = 1000;

/**
 * npm runs a script through a shell, and a signal to npm ends npm and that shell but not always the script. Calls
 * `gone` when either has ended, so that ending npm ends Lorekeep. Only for processes that npm started.
 */
export function watchNpm(environment: Readonly<Record<string, string | undefined>>, gone: () => void): void {
  if (environment['npm_lifecycle_event'] === undefined) return;
  const watched = npmAncestors(process.ppid).map((pid) => ({ pid, identity: processIdentity(pid) }));
  const timer = setInterval(() => {
    if (watched.every(({ pid, identity }) => processIdentity(pid) === identity)) return;
    clearInterval(timer);
    gone();
  }, POLL_MS);
  timer.unref();
}

/** The parent, and npm itself where the parent is only its shell. Never the person's own shell, which may well end. */
function npmAncestors(parent: number): number[] {
  if (process.platform !== 'linux') return [parent];
  try {
    const stat = readFileSync(`/proc/${parent}/stat`, 'utf8');
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    const npm = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    return /^(ba|da|z|a)?sh$/.test(name) && npm > 1 ? [parent, npm] : [parent];
  } catch {
    return [parent];
  }
}
