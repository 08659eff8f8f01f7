import { cleanPath, DEPTH_MAX } from '../paths/clean-path.js';
import { pathFilter } from '../paths/match-globs.js';
import type { FoundFile, SourceReader } from '../read/source-reader.js';
import { SourceProblem, type SourceCode } from '../sources.errors.js';
import type { StoredSource } from '../store/rows.js';

export interface Listing {
  /** By clean path. */
  readonly files: ReadonlyMap<string, FoundFile>;
  /** There, and not to be read; by clean path, or what could be made of it. */
  readonly problems: ReadonlyMap<string, SourceCode>;
}

const SHOWN_MAX = 200;
/** Deletions are judged by the whole list: problems beyond this are not kept one by one. */
const PROBLEMS_MAX = 10_000;

/** The wanted files of a source, all of them. Throws SourceProblem, TOO_MANY_FILES beyond `most`. */
export async function listSource(
  reader: SourceReader,
  source: Pick<StoredSource, 'include' | 'exclude' | 'target'>,
  most: number,
  signal: AbortSignal,
): Promise<Listing> {
  const wanted = pathFilter(source.include, source.exclude);
  const depth = DEPTH_MAX - source.target.split('/').filter((part) => part !== '').length;
  const files = new Map<string, FoundFile>();
  const problems = new Map<string, SourceCode>();
  const problem = (path: string, code: SourceCode): void => {
    if (problems.size < PROBLEMS_MAX) problems.set(path, code);
  };
  for await (const found of reader.list(signal)) {
    signal.throwIfAborted();
    const path = cleanPath(found.path, depth);
    if (path === null) {
      problem(showable(found.path), 'FILE_PATH_INVALID');
      continue;
    }
    // A folder that cannot be read is told whatever the globs: what came from it must stay.
    if ('problem' in found) {
      if (found.problem === 'FILE_UNREADABLE' || wanted(path)) problem(path, found.problem);
    } else if (!wanted(path)) continue;
    // Two names that differ in their form of Unicode alone.
    else if (files.has(path)) problem(`${path} (2)`, 'FILE_TWICE');
    else files.set(path, found);
    if (files.size > most) throw new SourceProblem('SOURCE_TOO_MANY_FILES', `The limit is ${most}.`);
  }
  return { files, problems };
}

/** A path that cannot be one, as it can be shown and stored. */
const showable = (path: string): string => {
  const text = path.toWellFormed().replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
  return text === ''
    ? '\ufffd'
    : text.length <= SHOWN_MAX
      ? text
      : `${text.slice(0, SHOWN_MAX)}…`.toWellFormed();
};
