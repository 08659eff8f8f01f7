// The thread that classifies, one text after another; told what to do by ModelThreads.
import { parentPort, workerData } from 'node:worker_threads';
import { openModel } from './open-model.js';
import type { ThreadOptions, ThreadReply, ThreadRequest } from './thread-messages.js';

const reply = (message: ThreadReply): void => parentPort?.postMessage(message);

/** The whole chain of causes: for the log of the process, never for a caller. */
function reasonOf(cause: unknown): string {
  const parts: string[] = [];
  for (let error = cause; error instanceof Error; error = error.cause) parts.push(error.message);
  return parts.join(': ') || String(cause);
}

const opening = openModel(workerData as ThreadOptions);
opening.then(
  () => reply({ kind: 'ready' }),
  (cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    reply({ kind: 'broken', reason, detail: reasonOf(cause) });
  },
);

parentPort?.on('message', ({ id, ...text }: ThreadRequest) => {
  void opening
    .then((classify) => classify(text))
    .then(
      (share) => reply({ kind: 'classified', id, share }),
      (cause: unknown) => reply({ kind: 'failed', id, reason: reasonOf(cause) }),
    );
});
