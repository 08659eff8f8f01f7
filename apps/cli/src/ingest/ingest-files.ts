import { isRefusal } from '@lorekeep/kit/errors';
import type { CallContext } from '@lorekeep/kit/context';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CliError } from '../cli.errors.js';
import type { DocumentVerbs } from './document-verbs.js';
import type { FoundFile } from './list-files.js';

export interface FileOutcome {
  readonly name: string;
  readonly documentId: string | null;
  /** `duplicate`: the same content was there already. */
  readonly state: 'ready' | 'refused' | 'quarantined' | 'duplicate' | 'gone';
  readonly reason: string | null;
}

export interface IngestOptions {
  readonly files: readonly (FoundFile & { readonly collectionId: string })[];
  /** Told after each file that has come to its end. */
  readonly onOutcome: (outcome: FileOutcome, done: number) => void;
}

const POLL_MS = 150;
/** How many of the documents under way are looked at each time; the queue is worked off in order. */
const LOOK_AT = 20;
/** A worker that reads nothing for this long is not running; one file may take a minute. */
const PATIENCE_MS = 180_000;

/** Hands the files in and waits until the worker has read them all. Refused files are outcomes, not errors. */
export async function ingestFiles(
  ctx: CallContext,
  verbs: DocumentVerbs,
  options: IngestOptions,
): Promise<FileOutcome[]> {
  const outcomes: FileOutcome[] = [];
  const finish = (outcome: FileOutcome) => {
    outcomes.push(outcome);
    options.onOutcome(outcome, outcomes.length);
  };
  const waiting = new Map<string, string>();
  for (const file of options.files) {
    ctx.signal.throwIfAborted();
    const accepted = await verbs.accept.run(ctx, {
      collectionId: file.collectionId,
      fileName: basename(file.path),
      content: createReadStream(file.path),
    });
    if (isRefusal(accepted)) {
      finish({ name: file.name, documentId: null, state: 'refused', reason: accepted.text });
    } else if (accepted.duplicate) {
      finish({ name: file.name, documentId: accepted.documentId, state: 'duplicate', reason: null });
    } else {
      waiting.set(accepted.documentId, file.name);
    }
    await lookAt(ctx, verbs, waiting, finish, 1);
  }
  await awaitAll(ctx, verbs, waiting, finish);
  return outcomes;
}

async function awaitAll(
  ctx: CallContext,
  verbs: DocumentVerbs,
  waiting: Map<string, string>,
  finish: (outcome: FileOutcome) => void,
): Promise<void> {
  let lastChange = performance.now();
  while (waiting.size > 0) {
    if ((await lookAt(ctx, verbs, waiting, finish, LOOK_AT)) > 0) lastChange = performance.now();
    if (performance.now() - lastChange > PATIENCE_MS) {
      throw new CliError(
        `The worker has read nothing for ${PATIENCE_MS / 60_000} minutes, with ${waiting.size} documents waiting: see logs/worker.log in the data folder.`,
      );
    }
    if (waiting.size > 0) await delay(POLL_MS, undefined, { signal: ctx.signal });
  }
}

/** Looks at the oldest of those under way; returns how many have come to their end. */
async function lookAt(
  ctx: CallContext,
  verbs: DocumentVerbs,
  waiting: Map<string, string>,
  finish: (outcome: FileOutcome) => void,
  limit: number,
): Promise<number> {
  let ended = 0;
  for (const [documentId, name] of [...waiting].slice(0, limit)) {
    const document = await verbs.documents.get(ctx, documentId);
    const state = document?.state ?? 'gone';
    if (state !== 'ready' && state !== 'refused' && state !== 'quarantined' && state !== 'gone') continue;
    waiting.delete(documentId);
    finish({ name, documentId, state, reason: document?.reason ?? null });
    ended++;
  }
  return ended;
}
