// The process that reads files: one at a time, told by its parent, killed by it or by its own watchdog.
import { Worker } from 'node:worker_threads';
import { UnreadableDocument } from '../document-path.errors.js';
import { closeNetwork } from './close-network.js';
import { parseContent } from './parse-content.js';
import type { ParsedDocument, ParseRequest } from './parsed-document.js';

export type ParseReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'parsed'; readonly document: ParsedDocument }
  | { readonly kind: 'unreadable'; readonly code: string; readonly detail?: string };

/** Memory outside the heap (unpacked streams) is not bounded by V8; a thread sees it even while parsing blocks. */
const WATCHDOG = `
  const limit = require('node:worker_threads').workerData;
  setInterval(() => { if (process.memoryUsage.rss() > limit) process.kill(process.pid, 'SIGKILL'); }, 100);`;

const memoryLimit = Number(process.argv[2]) * 1024 * 1024;
new Worker(WATCHDOG, { eval: true, workerData: memoryLimit, execArgv: [] }).unref();

closeNetwork();
process.on('disconnect', () => process.exit(0));
process.on('message', (request: ParseRequest) => {
  void parseContent(request).then(
    (document) => reply({ kind: 'parsed', document }),
    (cause: unknown) => reply(unreadable(cause)),
  );
});
reply({ kind: 'ready' });

function unreadable(cause: unknown): ParseReply {
  if (!(cause instanceof UnreadableDocument)) return { kind: 'unreadable', code: 'DOCUMENT_DAMAGED' };
  return { kind: 'unreadable', code: cause.code, ...(cause.detail ? { detail: cause.detail } : {}) };
}

function reply(message: ParseReply): void {
  process.send?.(message);
}
