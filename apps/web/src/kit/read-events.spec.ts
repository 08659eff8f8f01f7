import { describe, expect, it } from '@jest/globals';
import { readEvents, type ServerEvent } from './read-events.js';

function streamOf(
  chunks: readonly Uint8Array[],
  end: 'close' | 'error' = 'close',
): ReadableStream<Uint8Array> {
  const waiting = [...chunks];
  return new ReadableStream({
    pull(controller) {
      const chunk = waiting.shift();
      if (chunk) controller.enqueue(chunk);
      else if (end === 'close') controller.close();
      else controller.error(new TypeError('network'));
    },
  });
}

async function all(stream: ReadableStream<Uint8Array>, limit?: number): Promise<ServerEvent[]> {
  const events: ServerEvent[] = [];
  for await (const event of readEvents(stream, limit)) events.push(event);
  return events;
}

const bytes = (text: string) => new TextEncoder().encode(text);
const SAMPLE = 'event: text\ndata: {"text":"年假 27 天 🙂"}\n\n: comment\nevent: end\ndata: {}\n\n';
const EXPECTED = [
  { event: 'text', data: '{"text":"年假 27 天 🙂"}' },
  { event: 'end', data: '{}' },
];

describe('readEvents', () => {
  it('gives the same events wherever the bytes are cut', async () => {
    const whole = bytes(SAMPLE);
    for (let cut = 0; cut <= whole.length; cut++) {
      expect(await all(streamOf([whole.slice(0, cut), whole.slice(cut)]))).toEqual(EXPECTED);
    }
    expect(await all(streamOf(Array.from(whole, (byte) => Uint8Array.of(byte))))).toEqual(EXPECTED);
  });

  it('takes LF, CRLF and CR, also cut inside CRLF', async () => {
    for (const ending of ['\r\n', '\r']) {
      const whole = bytes(SAMPLE.replaceAll('\n', ending) + ending);
      expect(await all(streamOf(Array.from(whole, (byte) => Uint8Array.of(byte))))).toEqual(EXPECTED);
    }
  });

  it('joins data lines, names an unnamed event and drops what is incomplete', async () => {
    const events = await all(streamOf([bytes('data:a\ndata: b\nid: 3\n\nevent: text\ndata: cut')]));
    expect(events).toEqual([{ event: 'message', data: 'a\nb' }]);
  });

  it('hands a broken connection on after what came before it', async () => {
    const seen: ServerEvent[] = [];
    const reading = (async () => {
      for await (const event of readEvents(streamOf([bytes(SAMPLE)], 'error'))) seen.push(event);
    })();
    await expect(reading).rejects.toThrow('network');
    expect(seen).toEqual(EXPECTED);
  });

  it('refuses an event beyond its limit, in one line or in many', async () => {
    const line = `data: ${'x'.repeat(94)}\n`;
    expect(await all(streamOf([bytes(`${line}\n`)]), 100)).toHaveLength(1);
    await expect(all(streamOf([bytes(`${line}data: x\n\n`)]), 100)).rejects.toThrow(RangeError);
    await expect(all(streamOf([bytes('x'.repeat(101))]), 100)).rejects.toThrow(RangeError);
  });
});
