import { silentRecording } from '@lorekeep/kit/audio';
import type { CallContext } from '@lorekeep/kit/context';
import type { AnswerEvent, AnswerRequest, TranscribeWish } from '../driver.js';
import { InferenceFault, type InferenceCode } from '../inference.errors.js';
import { AUDIO_TOKENS_PER_SECOND, estimateAudioTokens } from '../prompt/estimate-audio-tokens.js';
import { estimateTokens } from '../prompt/estimate-tokens.js';
import { streamed } from './read-answer.js';
import { readTranscript } from './read-transcript.js';
import { TranscriptReader } from './transcript-reader.js';
import { readBody, type Upstream } from './upstream.js';
import type { Call, UpstreamCall } from './upstream-call.js';

const DOOR = '/v1/audio/transcriptions';
/** A verdict about the recording: not broken, and no question that is too long. */
const VERDICTS: ReadonlySet<InferenceCode> = new Set<InferenceCode>([
  'INFERENCE_REJECTED',
  'INFERENCE_TOO_LONG',
]);

/**
 * What is said in a recording, as text of one choice; where segments are wanted, with their times. Without them it is
 * streamed, whoever reads along: a model that stalls is noticed. vLLM streams no segments. @throws InferenceFault
 */
export async function* transcribeAudio(
  ctx: CallContext,
  request: AnswerRequest,
  wish: TranscribeWish,
  upstream: Upstream,
): AsyncGenerator<AnswerEvent, void, void> {
  const prompt = request.messages.map(({ content }) => content).join('\n');
  const form = await formOf(request, wish, prompt);
  const post = upstream.request('POST', DOOR, form.bytes, ctx.traceId, form.type);
  const call = await open(ctx, upstream, post, wish.segments);
  try {
    yield { kind: 'model', model: request.model, driver: 'openai-compatible' };
    if (wish.segments) yield* whole(call, estimateTokens(prompt));
    else yield* pieces(call, estimateTokens(prompt) + estimateAudioTokens(wish.audio.length));
  } finally {
    call.close();
  }
}

/** A request that nobody made: silence. */
export async function probeForm(ctx: CallContext, model: string, upstream: Upstream): Promise<Call> {
  const wish = { audio: silentRecording(0.5), extension: 'wav', mediaType: 'audio/wav', segments: true };
  const { bytes, type } = await formOf({ model, parameters: {} }, wish, '');
  return upstream.request('POST', DOOR, bytes, ctx.traceId, type);
}

async function open(
  ctx: CallContext,
  upstream: Upstream,
  post: Call,
  isWhole: boolean,
): Promise<UpstreamCall> {
  try {
    return await upstream.open(ctx, post, isWhole, true);
  } catch (error) {
    if (!(error instanceof InferenceFault) || !VERDICTS.has(error.code)) throw error;
    throw new InferenceFault('INFERENCE_AUDIO_REFUSED', { cause: error.cause });
  }
}

/**
 * The form, field by field: vLLM ignores unknown fields and honours dangerous ones. The file has a name of ours. There is
 * neither a priority nor a cache to keep apart: vLLM has no such fields here, and caches no prompts of these models.
 */
async function formOf(
  { model, parameters }: Pick<AnswerRequest, 'model' | 'parameters'>,
  { audio, extension, mediaType, language, segments }: TranscribeWish,
  prompt: string,
): Promise<{ bytes: Buffer; type: string }> {
  const { temperature, maxTokens } = parameters;
  const form = new FormData();
  form.set('model', model);
  form.set('response_format', segments ? 'verbose_json' : 'json');
  if (language !== undefined) form.set('language', language);
  if (prompt !== '') form.set('prompt', prompt);
  if (temperature !== undefined) form.set('temperature', String(temperature));
  // Of each half minute; a model that takes fewer says so by itself.
  if (maxTokens !== undefined) form.set('max_completion_tokens', String(maxTokens));
  if (!segments) {
    form.set('stream', 'true');
    form.set('stream_include_usage', 'true');
  }
  form.set('file', new Blob([audio], { type: mediaType }), `audio.${extension}`);
  const encoded = new Response(form);
  const type = encoded.headers.get('content-type') ?? '';
  return { bytes: Buffer.from(await encoded.arrayBuffer()), type };
}

async function* pieces(call: UpstreamCall, promptTokens: number): AsyncGenerator<AnswerEvent, void, void> {
  const reader = new TranscriptReader(promptTokens);
  try {
    yield* streamed(call, reader);
    yield* reader.end();
  } catch (error) {
    if (error instanceof InferenceFault && reader.spoke) error.usage = reader.usage();
    throw error;
  }
}

async function* whole(call: UpstreamCall, promptTokens: number): AsyncGenerator<AnswerEvent, void, void> {
  const read = parse(await readBody(call));
  const { text, language, seconds, segments, tokens } = read;
  if (text !== '') yield { kind: 'text', choice: 0, channel: 'content', text };
  yield { kind: 'transcript', choice: 0, language, seconds, segments };
  yield { kind: 'finish', choice: 0, reason: 'stop' };
  const heard = Math.ceil(seconds * AUDIO_TOKENS_PER_SECOND);
  const completionTokens = tokens ?? estimateTokens(text);
  yield { kind: 'usage', promptTokens: promptTokens + heard, completionTokens, estimated: true };
}

function parse(body: string): ReturnType<typeof readTranscript> {
  try {
    return readTranscript(JSON.parse(body));
  } catch {
    // The parser's message quotes what it read.
    throw new InferenceFault('INFERENCE_BROKEN');
  }
}
