// The thread that searches: its own few connections, its own memory of the index, told what to do by SearchThread.
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '@lorekeep/kit/clock';
import { connectPool, type Database } from '@lorekeep/kit/database';
import { Search } from '../search-passages.js';
import { contextOf, type ThreadOptions, type ThreadReply, type ThreadRequest } from './thread-messages.js';

const options = workerData as ThreadOptions;
const running = new Map<number, AbortController>();
let opening: Promise<{ database: Database; search: Search }> | undefined;

/** The server may be away when the thread starts: whoever searches next tries again. */
function open(): Promise<{ database: Database; search: Search }> {
  opening ??= connectPool({
    url: options.url,
    poolSize: options.connections,
    statementTimeout: options.timeoutMs,
    applicationName: options.applicationName,
  }).then(
    (database) => ({ database, search: new Search(database, systemClock, options) }),
    (cause: unknown) => {
      opening = undefined;
      throw cause;
    },
  );
  return opening;
}

async function answer({ id, asker, query, timeoutMs }: ThreadRequest & { kind: 'search' }): Promise<void> {
  const controller = new AbortController();
  running.set(id, controller);
  const ctx = contextOf(asker, systemClock.monotonic() + timeoutMs, controller.signal);
  try {
    const { search } = await open();
    reply({ kind: 'found', id, result: await search.run(ctx, query) });
  } catch (cause) {
    reply({ kind: 'failed', id, reason: reasonOf(cause) });
  } finally {
    running.delete(id);
  }
}

/** The whole chain of causes: for the log of the process, never for a caller. */
function reasonOf(cause: unknown): string {
  const parts: string[] = [];
  for (let error = cause; error instanceof Error; error = error.cause)
    parts.push(`${error.name}: ${error.message}`);
  return parts.join(' < ') || String(cause);
}

async function close(): Promise<void> {
  for (const controller of running.values()) controller.abort(new Error('the search is closed'));
  const opened = await opening?.catch(() => undefined);
  await opened?.database.close().catch(() => undefined);
  parentPort?.close();
}

const reply = (message: ThreadReply): void => parentPort?.postMessage(message);

parentPort?.on('message', (request: ThreadRequest) => {
  if (request.kind === 'search') void answer(request);
  else if (request.kind === 'cancel') running.get(request.id)?.abort(new Error('the caller is gone'));
  else void close();
});
reply({ kind: 'ready' });
