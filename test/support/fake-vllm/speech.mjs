/**
 * `/v1/audio/transcriptions` of a speech model (Whisper), as vLLM 0.26's source has it: the form's fields, the three
 * formats, `transcription.chunk` objects without an index, a finish for each half minute, and its refusals. The fake
 * hears nothing: it says how long the recording is.
 */
import { createHash } from 'node:crypto';
import { tokensOf } from './answer.mjs';
import { errorBody } from './shapes.mjs';

/** Seconds that a Whisper hears at once. */
const PART_SECONDS = 30;
const TOKENS_PER_SECOND = 100;
/** VLLM_MAX_AUDIO_CLIP_FILESIZE_MB, VLLM_MAX_AUDIO_DECODE_DURATION_S. */
const MAX_MB = 25;
const MAX_SECONDS = 600;
/** Of what is no WAV file: 128 kbit/s. */
const BYTES_PER_SECOND = 16_000;

/** Models that transcribe and do nothing else, by name. */
export const hears = (model) => /whisper/i.test(model);

/** The fields of a form; its file as name, type, size and hash, and the bytes beside them. */
export async function readForm(request, bytes) {
  const type = request.headers['content-type'] ?? '';
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const file = form.get('file');
  const body = Object.fromEntries([...form].filter(([name]) => name !== 'file'));
  if (typeof file !== 'object' || file === null) return { body, audio: null };
  const audio = Buffer.from(await file.arrayBuffer());
  const sha256 = createHash('sha256').update(audio).digest('hex');
  return { body: { ...body, file: { name: file.name, type: file.type, size: audio.length, sha256 } }, audio };
}

/** What a real vLLM refuses. Null when the request is accepted. */
export function refusalOf(body, audio, options) {
  const { model, response_format: format = 'json' } = body;
  if (audio === null)
    return errorBody(400, "1 validation error: 'loc': ('body', 'file')", 'Bad Request', 'file');
  if (!options.models.includes(model) && !String(model).startsWith('fault-'))
    return errorBody(404, `The model \`${model}\` does not exist.`, 'NotFoundError', 'model');
  if (!['text', 'json', 'verbose_json'].includes(format))
    return errorBody(400, 'Currently only support response_format: `text`, `json` or `verbose_json`');
  if (format === 'verbose_json' && body.stream === 'true')
    return errorBody(400, "verbose_json format doesn't support streaming case");
  if (body.language !== undefined && !/^(en|zh|de|fr|ja|nl)$/.test(body.language))
    return errorBody(400, `Unsupported language: '${body.language}'.  Must be one of ['en', 'zh', …].`);
  const size = audio.length / 1024 ** 2;
  if (size > MAX_MB)
    return errorBody(
      400,
      `Maximum file size exceeded (parameter=audio_filesize_mb, value=${size})`,
      'BadRequestError',
      'audio_filesize_mb',
    );
  const seconds = secondsOf(audio);
  if (seconds === null) return errorBody(400, 'Invalid or unsupported audio file.');
  if (seconds > MAX_SECONDS)
    return errorBody(
      400,
      `Audio exceeds maximum allowed duration of ${MAX_SECONDS}s (metadata reports ${seconds.toFixed(1)}s). Set VLLM_MAX_AUDIO_DECODE_DURATION_S to increase this limit.`,
    );
  return null;
}

/** Seconds of a recording; null where it can be none. */
export function secondsOf(audio) {
  if (audio.toString('latin1', 0, 4) === 'RIFF')
    return audio.length < 44 ? null : (audio.length - 44) / audio.readUInt32LE(28);
  const head = audio.toString('latin1', 0, 12);
  const known = /^(?:ID3|\xff[\xe2-\xff]|fLaC|OggS)/.test(head) || head.slice(4, 8) === 'ftyp';
  return known || head.startsWith('\x1aE\xdf\xa3') ? audio.length / BYTES_PER_SECOND : null;
}

/** What is said: the pieces of each half minute. `script.content` stands for all of them together. */
export function partsOf(seconds, script) {
  const count = Math.max(1, Math.ceil(seconds / PART_SECONDS));
  const said = script?.content ?? tokensOf(` This recording has ${Math.round(seconds * 10) / 10} seconds.`);
  const each = Math.ceil(said.length / count);
  return Array.from({ length: count }, (_, at) => said.slice(at * each, (at + 1) * each));
}

export function usageOf(seconds, parts, prompt = '') {
  return {
    prompt: tokensOf(prompt).length + 4 + Math.ceil(seconds * TOKENS_PER_SECOND),
    completion: parts.flat().length,
  };
}

/** The chunks of a stream; parts are joined by a space, as vLLM joins them where words have spaces. */
export function* chunksOf(id, model, parts, finish) {
  const chunk = (choice) => ({
    id,
    object: 'transcription.chunk',
    created: seconds(),
    model,
    choices: [choice],
  });
  for (const [at, part] of parts.entries()) {
    for (const [index, content] of part.entries())
      yield chunk({ delta: { content: at > 0 && index === 0 ? ` ${content}` : content } });
    yield chunk({ delta: { content: '' }, finish_reason: finish, stop_reason: null });
  }
}

/** With `stream_include_usage`: behind the last part, before [DONE]. */
export function usageChunk(id, model, { prompt, completion }) {
  const usage = { prompt_tokens: prompt, total_tokens: prompt + completion, completion_tokens: completion };
  return { id, object: 'transcription.chunk', created: seconds(), model, choices: [], usage };
}

/** The body of an answer in one piece. */
export function transcript(body, duration, parts) {
  const texts = parts.map((part) => part.join(''));
  if (body.response_format !== 'verbose_json')
    return { text: texts.join(' '), usage: { type: 'duration', seconds: Math.ceil(duration) } };
  return {
    duration: String(duration),
    language: body.language ?? 'en',
    text: texts.join(' '),
    segments: texts.map((text, id) => ({
      id,
      avg_logprob: -0.25,
      compression_ratio: 0.9,
      end: Math.min(duration, (id + 1) * PART_SECONDS),
      no_speech_prob: null,
      seek: id * PART_SECONDS,
      start: id * PART_SECONDS,
      temperature: Number(body.temperature ?? 0),
      text,
      tokens: parts[id].map((_, at) => 1000 + at),
    })),
    words: null,
  };
}

const seconds = () => Math.floor(Date.now() / 1000);
