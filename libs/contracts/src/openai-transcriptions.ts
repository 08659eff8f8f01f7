import { z } from 'zod';
import { route } from './route.js';
import { text } from './shapes.js';

/** A speech model reads the last 224 tokens of a prompt and drops what stands before them. */
export const TRANSCRIPTION_PROMPT_LIMIT = 2_000;
/** Bytes of a request, whatever a gateway is told to take. */
export const TRANSCRIPTION_BODY_LIMIT = 201 * 1024 * 1024;

const FORMATS =
  'must be json, text or verbose_json; subtitles (srt, vtt) and log probabilities are not given out';

/** The fields of OpenAI's form beside its file. They may stand before or behind it; unknown fields are refused. */
export const transcriptionForm = z.strictObject({
  model: text(200).describe(
    'A speech model, or lorekeep-transcription for the one that speech is routed to; see the list of models',
  ),
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/, 'must be a code of a language like en or zh')
    .optional()
    .describe('What is spoken; left out, the model listens for it'),
  prompt: text(TRANSCRIPTION_PROMPT_LIMIT, 0)
    .optional()
    .describe('Names and words that may come up, or what was said before; screened like a question'),
  response_format: z.enum(['json', 'text', 'verbose_json'], { error: FORMATS }).default('json'),
  temperature: z.coerce.number().min(0).max(1).optional(),
  stream: z.enum(['true', 'false'], { error: 'must be true or false' }).default('false'),
  'timestamp_granularities[]': z
    .array(z.literal('segment', { error: 'must be segment: times of single words are not given out' }))
    .max(2)
    .optional()
    .describe('Only with verbose_json, which has the times of segments anyway'),
});
export type TranscriptionForm = z.infer<typeof transcriptionForm>;

export const transcriptionRoutes = {
  transcriptions: route({
    method: 'POST',
    path: '/v1/audio/transcriptions',
    permission: 'ask',
    summary:
      "OpenAI's transcriptions of speech (wav, mp3, flac, ogg, m4a, webm), where a model server has them",
    tag: 'v1',
    body: 'multipart',
    form: transcriptionForm,
    response: z.record(z.string(), z.unknown()),
    bodyLimit: TRANSCRIPTION_BODY_LIMIT,
  }),
};
