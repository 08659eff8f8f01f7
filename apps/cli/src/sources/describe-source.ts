import type { SourceRow, SourceRun } from '@lorekeep/contracts';
import { plainText } from '../terminal/plain-text.js';

/** One line: name, kind, state, files, what the last sync did. */
export function describeSource(source: SourceRow): string {
  const { files, lastRun } = source;
  const state = source.pauseReason === 'deletions' ? 'paused: deletions wait for your word' : source.state;
  const parts = [
    plainText(source.name),
    source.kind,
    state,
    `${files.taken} files, ${files.skipped} skipped, ${files.failed} failed`,
    lastRun ? describeRun(lastRun) : 'never synchronised',
  ];
  return parts.join('\t');
}

export function describeRun(run: SourceRun): string {
  const counts = (
    ['added', 'changed', 'moved', 'deleted', 'unchanged', 'skipped', 'failed', 'missing'] as const
  )
    .filter((name) => run[name] > 0)
    .map((name) => `${run[name]} ${name}`);
  const left = run.secondsLeft === null ? '' : `, ${run.secondsLeft} s left`;
  const step = run.state === 'running' ? ` (${run.phase} ${run.processed}/${run.toProcess}${left})` : '';
  const error = run.error === null ? '' : `: ${run.error}`;
  return `${run.state}${step}${counts.length > 0 ? ` ${counts.join(', ')}` : ''}${error}`;
}
