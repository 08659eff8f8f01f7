import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { silentRecording } from '@lorekeep/kit/audio';
import { startFakeVllm, type FakeVllm } from './start.js';

// Field names of vLLM's source (entrypoints/speech_to_text/transcription/protocol.py); none of it was recorded.
const VERBOSE = 'duration language text segments words';
const SEGMENT = 'id avg_logprob compression_ratio end no_speech_prob seek start temperature text tokens';
const CHUNK = 'id object created model choices';
const names = (value: object): string => Object.keys(value).join(' ');
const model = 'whisper-large-v3-turbo';

type Json = Record<string, never>;

describe('fake vLLM that listens', () => {
  let fake: FakeVllm;
  beforeAll(async () => {
    fake = await startFakeVllm(['--model', model]);
  });
  afterEach(() => fake.reset());
  afterAll(() => fake.stop());

  function hear(fields: Record<string, string> = {}, audio = silentRecording(2)): Promise<Response> {
    const form = new FormData();
    for (const [name, value] of Object.entries({ model, ...fields })) form.set(name, value);
    form.set('file', new Blob([new Uint8Array(audio)]), 'a.wav');
    return fetch(`${fake.url}/v1/audio/transcriptions`, { method: 'POST', body: form });
  }

  it('answers as JSON with the seconds that it heard, text included', async () => {
    for (const response_format of ['json', 'text'])
      expect(await (await hear({ response_format })).json()).toEqual({
        text: ' This recording has 2 seconds.',
        usage: { type: 'duration', seconds: 2 },
      });
  });

  it('has the fields of a verbose answer', async () => {
    const body = (await (await hear({ response_format: 'verbose_json' })).json()) as Json;
    expect(names(body)).toBe(VERBOSE);
    expect(body['duration']).toBe('2');
    expect(names((body['segments'] as unknown as object[])[0]!)).toBe(SEGMENT);
  });

  it('streams chunks without an index, a finish for each half minute, usage where it is asked for', async () => {
    const form = { stream: 'true', stream_include_usage: 'true' };
    const lines = (await (await hear(form, silentRecording(31))).text()).split('\n\n').filter(Boolean);
    expect(lines.at(-1)).toBe('data: [DONE]');
    const chunks = lines.slice(0, -1).map((line) => JSON.parse(line.slice('data: '.length)) as Json);
    expect(names(chunks[0]!)).toBe(CHUNK);
    expect(chunks[0]).toMatchObject({ object: 'transcription.chunk' });
    const choices = chunks.flatMap((chunk) => chunk['choices'] as unknown as Json[]);
    expect(names(choices[0]!)).toBe('delta');
    expect(choices.filter((choice) => choice['finish_reason'] === 'stop')).toHaveLength(2);
    expect(names(chunks.at(-1)!)).toBe(`${CHUNK} usage`);
    const plain = await (await hear({ stream: 'true' })).text();
    expect(plain).not.toContain('usage');
  });

  it.each<[Record<string, string>, Buffer, RegExp]>([
    [{ response_format: 'srt' }, silentRecording(1), /^Currently only support response_format/],
    [{ response_format: 'verbose_json', stream: 'true' }, silentRecording(1), /doesn't support streaming/],
    [{ language: 'xx' }, silentRecording(1), /^Unsupported language/],
    [{}, Buffer.from('text'), /^Invalid or unsupported audio file/],
    [{}, silentRecording(601), /^Audio exceeds maximum allowed duration of 600s/],
    [{}, Buffer.alloc(25 * 1024 ** 2 + 1), /^Maximum file size exceeded \(parameter=audio_filesize_mb/],
  ])('refuses %j', async (fields, audio, message) => {
    const response = await hear(fields, audio);
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as { error: { message: string; type: string } };
    expect(error).toMatchObject({ type: 'BadRequestError', message: expect.stringMatching(message) });
  });

  it('has no other doors than those for speech', async () => {
    expect((await hear({ model: 'nope' })).status).toBe(404);
    for (const path of ['chat/completions', 'completions', 'embeddings']) {
      const response = await fetch(`${fake.url}/v1/${path}`, { method: 'POST', body: '{}' });
      expect(await response.json()).toEqual({ detail: 'Not Found' });
    }
  });
});
