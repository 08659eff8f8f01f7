import { silentRecording } from '@lorekeep/kit/audio';
import type { Answer, ReplicaAddress } from './replica-client.js';

/** Of silence, for a model that listens. */
const HEARD_SECONDS = 0.5;

/** A vector or a transcript as an answer, from a model that writes none; undefined where none came, or not a whole one. */
export async function answerUnwritten(
  { port, model, key }: ReplicaAddress,
  task: 'embed' | 'transcribe',
  text: string,
  timeoutMs: number,
): Promise<Answer | undefined> {
  const begun = performance.now();
  const response = await fetch(`http://127.0.0.1:${port}${DOORS[task]}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      ...(task === 'embed' ? { 'content-type': 'application/json' } : {}),
    },
    body: task === 'embed' ? JSON.stringify({ model, input: text }) : silenceFor(model),
    signal: AbortSignal.timeout(timeoutMs),
  });
  const body: unknown = await response.json();
  const seconds = (performance.now() - begun) / 1000;
  if (!response.ok) return undefined;
  return task === 'embed' ? readVector(body, seconds) : readTranscript(body, seconds);
}

const DOORS = { embed: '/v1/embeddings', transcribe: '/v1/audio/transcriptions' } as const;

function silenceFor(model: string): FormData {
  const form = new FormData();
  form.set('model', model);
  form.set('temperature', '0');
  form.set('file', new Blob([new Uint8Array(silentRecording(HEARD_SECONDS))]), 'silence.wav');
  return form;
}

/** Of silence a model may hear nothing, and say so each time. */
function readTranscript(body: unknown, seconds: number): Answer | undefined {
  const { text } = (body ?? {}) as { text?: unknown };
  return typeof text === 'string' ? { text: `“${text}”`, tokens: 1, seconds } : undefined;
}

/** A vector as an answer: where its largest number stands. Others of the same text differ in their last digits. */
function readVector(body: unknown, seconds: number): Answer | undefined {
  const { data } = (body ?? {}) as { data?: { embedding?: unknown }[] };
  const vector: unknown = Array.isArray(data) ? data[0]?.embedding : undefined;
  if (!Array.isArray(vector) || vector.length === 0 || !vector.every(Number.isFinite)) return undefined;
  const sizes = (vector as number[]).map(Math.abs);
  const at = sizes.indexOf(sizes.reduce((most, size) => Math.max(most, size)));
  return { text: `${at} of ${vector.length}`, tokens: 1, seconds };
}
