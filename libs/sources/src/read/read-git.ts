import fs from 'node:fs';
import { access, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceSecret } from '@lorekeep/contracts';
import { DEPTH_MAX } from '../paths/clean-path.js';
import type { Outbound } from '../reach/outbound.js';
import { allowedUrl, type ReachRules } from '../reach/allowed-address.js';
import { problemOf, SourceProblem } from '../sources.errors.js';
import { allowedFolder } from './allowed-folder.js';
import { GitHttp } from './git-http.js';
import type { Found, FoundFile, SourceReader } from './source-reader.js';

export interface GitPlace {
  readonly address: string;
  readonly branch: string;
  readonly folder: string;
}

export interface GitSettings {
  /** Folders of the server below which repositories may lie. */
  readonly roots: readonly string[];
  readonly rules: ReachRules;
  readonly outbound: Outbound;
  /** Where the copy of a remote repository is kept; made here. */
  readonly directory: string;
  /** Bytes of one transfer, and of the copy. */
  readonly limit: number;
  readonly secret: SourceSecret | null;
}

/** Loaded where a repository is read: it is large, and most processes that know sources read none. */
const loadGit = async () => (await import('isomorphic-git')).default;

/** Hosts ask for some name beside a token; this one is GitLab's. */
const USER = 'oauth2';
const REMOTE = 'origin';

/** One commit of a Git repository, read from its objects: nothing is checked out, links and submodules stay what they are. */
export class GitReader implements SourceReader {
  private readonly cache = {};

  private constructor(
    private readonly gitdir: string,
    private readonly commit: string,
    private readonly folder: string,
  ) {}

  /** A remote repository is brought up to date first, its newest commit alone. Throws SourceProblem. */
  static async open(place: GitPlace, settings: GitSettings, signal: AbortSignal): Promise<GitReader> {
    const folder = place.folder.normalize('NFC').replace(/^\/+|\/+$/g, '');
    if (place.address.startsWith('/')) {
      const gitdir = await localRepository(place.address, settings.roots);
      return new GitReader(gitdir, await localCommit(gitdir, place.branch), folder);
    }
    allowedUrl(place.address, settings.rules);
    const commit = await fetchCommit(place, settings, signal);
    return new GitReader(settings.directory, commit, folder);
  }

  async *list(signal: AbortSignal): AsyncIterable<Found> {
    const { fs: files, cache, gitdir } = { fs, cache: this.cache, gitdir: this.gitdir };
    let tree: string;
    try {
      const git = await loadGit();
      const { commit } = await git.readCommit({ fs: files, gitdir, cache, oid: this.commit });
      tree = commit.tree;
      for (const name of this.folder === '' ? [] : this.folder.split('/')) {
        const entry = (await git.readTree({ fs: files, gitdir, cache, oid: tree })).tree.find(
          (candidate) => candidate.path.normalize('NFC') === name && candidate.type === 'tree',
        );
        if (!entry) throw new SourceProblem('SOURCE_NOT_FOUND');
        tree = entry.oid;
      }
    } catch (cause) {
      throw damaged(cause);
    }
    yield* this.walk(tree, '', 0, signal);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async *walk(oid: string, folder: string, depth: number, signal: AbortSignal): AsyncIterable<Found> {
    signal.throwIfAborted();
    const git = await loadGit();
    const { tree } = await git
      .readTree({ fs, gitdir: this.gitdir, cache: this.cache, oid })
      .catch((cause: unknown) => {
        throw damaged(cause);
      });
    for (const entry of tree) {
      const path = folder === '' ? entry.path : `${folder}/${entry.path}`;
      if (entry.type === 'tree') {
        if (depth >= DEPTH_MAX) yield { path, problem: 'FILE_PATH_INVALID' };
        else yield* this.walk(entry.oid, path, depth + 1, signal);
      } else if (entry.type === 'blob') {
        // Mode 120000: its content is where the link leads.
        if (entry.mode === '120000') yield { path, problem: 'FILE_LINK' };
        else yield this.file(path, entry.oid);
      }
    }
  }

  private file(path: string, oid: string): FoundFile {
    return {
      path,
      fingerprint: oid,
      bytes: null,
      read: async (limit) => {
        const git = await loadGit();
        const { blob } = await git
          .readBlob({ fs, gitdir: this.gitdir, cache: this.cache, oid })
          .catch((cause: unknown) => {
            throw damaged(cause);
          });
        if (blob.length > limit) throw new SourceProblem('FILE_TOO_LARGE');
        return { content: Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength) };
      },
    };
  }
}

const damaged = (cause: unknown): SourceProblem => {
  const problem = problemOf(cause);
  return problem.code === 'SOURCE_FAILED'
    ? new SourceProblem('SOURCE_DAMAGED', undefined, { cause })
    : problem;
};

async function localRepository(path: string, roots: readonly string[]): Promise<string> {
  const folder = await allowedFolder(path, roots);
  const inner = join(folder, '.git');
  const gitdir = (await isFolder(inner)) ? await allowedFolder(inner, roots) : folder;
  if (!(await isFolder(join(gitdir, 'objects')))) throw new SourceProblem('SOURCE_NOT_FOUND');
  return gitdir;
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );

async function localCommit(gitdir: string, branch: string): Promise<string> {
  const git = await loadGit();
  for (const ref of branch === '' ? ['HEAD'] : [`refs/heads/${branch}`, `refs/tags/${branch}`]) {
    const oid = await git.resolveRef({ fs, gitdir, ref }).catch(() => null);
    if (oid !== null) return peel(gitdir, oid);
  }
  throw new SourceProblem('SOURCE_NOT_FOUND');
}

/** A tag that is an object of its own points to the commit. */
async function peel(gitdir: string, oid: string): Promise<string> {
  const git = await loadGit();
  const { oid: commit } = await git.readCommit({ fs, gitdir, oid }).catch((cause: unknown) => {
    throw damaged(cause);
  });
  return commit;
}

/** A copy that a crash has left damaged is made anew, once. */
async function fetchCommit(place: GitPlace, settings: GitSettings, signal: AbortSignal): Promise<string> {
  try {
    return await fetchInto(place, settings, signal);
  } catch (cause) {
    const problem = problemOf(cause);
    if (signal.aborted || !['SOURCE_DAMAGED', 'SOURCE_FAILED'].includes(problem.code)) throw cause;
    await rm(settings.directory, { recursive: true, force: true });
    return fetchInto(place, settings, signal);
  }
}

async function fetchInto(place: GitPlace, settings: GitSettings, signal: AbortSignal): Promise<string> {
  const { directory: gitdir, limit } = settings;
  const http = new GitHttp(settings.outbound, limit, signal);
  const url = place.address;
  const onAuth = authentication(settings.secret);
  try {
    const { oid, ref } = await remoteCommit(http, url, place.branch, onAuth);
    if (await hasCommit(gitdir, oid)) return oid;
    // Each fetch adds a pack; together they stay within the limit.
    if ((await sizeOf(join(gitdir, 'objects', 'pack'))) > limit / 2)
      await rm(gitdir, { recursive: true, force: true });
    await mkdir(gitdir, { recursive: true, mode: 0o700 });
    const git = await loadGit();
    if (!(await isFolder(join(gitdir, 'refs')))) await git.init({ fs, gitdir, dir: gitdir, bare: true });
    await git.addRemote({ fs, gitdir, dir: gitdir, remote: REMOTE, url, force: true });
    const { fetchHead } = await git.fetch({
      fs,
      http,
      gitdir,
      url,
      remote: REMOTE,
      ref,
      remoteRef: ref,
      singleBranch: true,
      depth: 1,
      tags: false,
      ...onAuth,
    });
    if (!fetchHead) throw new SourceProblem('SOURCE_NOT_FOUND');
    return await peel(gitdir, fetchHead);
  } catch (cause) {
    throw gitProblem(http.problem ?? cause, signal);
  }
}

type Authentication = { onAuth?: () => object; onAuthFailure?: () => { cancel: true } };

function authentication(secret: SourceSecret | null): Authentication {
  if (!secret || !('token' in secret)) return {};
  return {
    onAuth: () => ({ username: secret.user ?? USER, password: secret.token }),
    onAuthFailure: () => ({ cancel: true }),
  };
}

async function remoteCommit(
  http: GitHttp,
  url: string,
  branch: string,
  onAuth: Authentication,
): Promise<{ oid: string; ref: string }> {
  const git = await loadGit();
  const refs = await git.listServerRefs({ http, url, symrefs: true, protocolVersion: 1, ...onAuth });
  const names = branch === '' ? ['HEAD'] : [`refs/heads/${branch}`, `refs/tags/${branch}`];
  const found = refs.find(({ ref }) => names.includes(ref));
  if (!found) throw new SourceProblem('SOURCE_NOT_FOUND');
  return { oid: found.oid, ref: (found.target ?? found.ref).replace(/^refs\/heads\//, '') };
}

/** Whole, with its files: a fetch that was cut off may have left a part. */
async function hasCommit(gitdir: string, oid: string): Promise<boolean> {
  try {
    await access(join(gitdir, 'objects'));
    const git = await loadGit();
    const { commit } = await git.readCommit({ fs, gitdir, oid });
    await git.readTree({ fs, gitdir, oid: commit.tree });
    return true;
  } catch {
    return false;
  }
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function gitProblem(cause: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (cause instanceof SourceProblem) return cause;
  const { code, data } = cause as { code?: string; data?: { statusCode?: number } };
  if (code === 'HttpError') {
    const status = data?.statusCode ?? 0;
    if (status === 401 || status === 403) return new SourceProblem('SOURCE_DENIED', undefined, { cause });
    // Hosts answer 404 where somebody may not know that there is something.
    if (status === 404) return new SourceProblem('SOURCE_NOT_FOUND', undefined, { cause });
    return new SourceProblem('SOURCE_UNREACHABLE', `(HTTP ${status})`, { cause });
  }
  if (code === 'UserCanceledError') return new SourceProblem('SOURCE_DENIED', undefined, { cause });
  if (code === 'NotFoundError') return new SourceProblem('SOURCE_NOT_FOUND', undefined, { cause });
  return damaged(cause);
}
