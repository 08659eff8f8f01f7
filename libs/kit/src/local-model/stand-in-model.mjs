// Answers as the thread of a model does, and misbehaves as its texts ask: for specs.
import { parentPort, workerData } from 'node:worker_threads';

if (workerData.folder === 'missing')
  parentPort.postMessage({
    kind: 'broken',
    reason: 'the folder of the classifier has no config.json',
    detail: '',
  });
else if (workerData.folder === 'dies') throw new Error('cannot be loaded');
else if (workerData.folder !== 'silent')
  setTimeout(() => parentPort.postMessage({ kind: 'ready' }), workerData.folder === 'slow' ? 300 : 0);

parentPort.on('message', ({ id, text }) => {
  const classified = (share) => parentPort.postMessage({ kind: 'classified', id, share });
  if (text === 'stall') for (;;);
  if (text === 'crash') throw new Error('out of memory');
  if (text === 'exit') process.exit(1);
  if (text === 'hang') return;
  if (text === 'fail') return parentPort.postMessage({ kind: 'failed', id, reason: 'no scores' });
  if (text === 'lie') return classified(7);
  if (text === 'none') return classified(Number.NaN);
  if (text === 'other') parentPort.postMessage({ kind: 'classified', id: id + 1_000, share: 1 });
  setTimeout(() => classified(text.includes('evil') ? 0.97 : 0.02), text === 'late' ? 200 : 0);
});
