import { Agent, request } from 'node:http';

export interface Level {
  /** Milliseconds, medians. */
  readonly first: number;
  readonly whole: number;
  readonly answers: number;
  readonly failures: number;
}

export interface Asked {
  readonly url: string;
  readonly key?: string;
  readonly documents: boolean;
}

const QUESTIONS = [
  'How many days of annual leave do I get?',
  'Who approves travel expenses?',
  'What do I do when a laptop is stolen?',
  'How is on-call paid?',
  'What does error E12 of the Heron 7 mean?',
  'Which services does the IT service guide name?',
];

/** `concurrency` loops that ask one streamed answer after another, `count` in all. */
export async function askStreams(asked: Asked, concurrency: number, count: number): Promise<Level> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const firsts: number[] = [];
  const wholes: number[] = [];
  let [next, failures] = [0, 0];
  const loop = async () => {
    while (next < count) {
      const { first, whole, ended } = await askOne(asked, agent, QUESTIONS[next++ % QUESTIONS.length] ?? '');
      if (!ended) failures += 1;
      firsts.push(first);
      wholes.push(whole);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, loop));
  agent.destroy();
  return { first: median(firsts), whole: median(wholes), answers: wholes.length, failures };
}

function askOne(
  { url, key = 'none', documents }: Asked,
  agent: Agent,
  question: string,
): Promise<{ first: number; whole: number; ended: boolean }> {
  const body = JSON.stringify({
    model: 'm',
    messages: [{ role: 'user', content: question }],
    stream: true,
    max_tokens: 256,
  });
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    authorization: `Bearer ${key}`,
    ...(documents ? {} : { 'x-lorekeep-documents': 'none' }),
  };
  const began = performance.now();
  return new Promise((done, fail) => {
    const sent = request(`${url}/v1/chat/completions`, { method: 'POST', agent, headers }, (response) => {
      let first = NaN;
      let tail = '';
      response.on('data', (bytes: Buffer) => {
        // The first chunk of vLLM has no text; what is looked for is the first that has.
        if (Number.isNaN(first) && bytes.includes('"content":"w')) first = performance.now() - began;
        tail = (tail + bytes.toString('latin1')).slice(-40);
      });
      response.once('end', () => {
        const whole = performance.now() - began;
        done({ first, whole, ended: tail.includes('data: [DONE]') && !Number.isNaN(first) });
      });
      response.once('error', fail);
    });
    sent.once('error', fail);
    sent.end(body);
  });
}

function median(numbers: number[]): number {
  const sorted = numbers.filter((number) => !Number.isNaN(number)).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
