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
  readonly model?: string;
  readonly maxTokens?: number;
  /** Further words of each question, in another order each time. */
  readonly words?: number;
}

const QUESTIONS = [
  'How many days of annual leave do I get?',
  'Who approves travel expenses?',
  'What do I do when a laptop is stolen?',
  'How is on-call paid?',
  'What does error E12 of the Heron 7 mean?',
  'Which services does the IT service guide name?',
];

const WORDS =
  'policy leave travel audit server tenant invoice printer badge holiday report customer office training budget'.split(
    ' ',
  );
/** The same sequence in every run (numerical recipes' generator, modulo 2^32). */
let seed = 1;
function longer(question: string, words: number): string {
  let text = question;
  for (let at = 0; at < words; at += 1) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    text += ` ${WORDS[(seed >>> 16) % WORDS.length]}`;
  }
  return text;
}

const HAS_TEXT = /"content":"[^"]/;

/** `concurrency` loops that ask one streamed answer after another, `count` in all. */
export async function askStreams(asked: Asked, concurrency: number, count: number): Promise<Level> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const firsts: number[] = [];
  const wholes: number[] = [];
  let [next, failures] = [0, 0];
  const loop = async () => {
    while (next < count) {
      const { first, whole, ended } = await askOne(
        asked,
        agent,
        longer(QUESTIONS[next++ % QUESTIONS.length] ?? '', asked.words ?? 0),
      );
      if (!ended) failures += 1;
      firsts.push(first);
      wholes.push(whole);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, loop));
  agent.destroy();
  return { first: median(firsts), whole: median(wholes), answers: wholes.length, failures };
}

export interface Answered {
  /** Milliseconds; NaN without a token. */
  readonly first: number;
  readonly whole: number;
  readonly ended: boolean;
  /** Seconds, of one refused. */
  readonly retryAfter: number;
}

export function askOne(
  { url, key = 'none', documents, model = 'm', maxTokens = 256 }: Asked,
  agent: Agent,
  question: string,
): Promise<Answered> {
  const body = JSON.stringify({
    model,
    messages: [{ role: 'user', content: question }],
    stream: true,
    max_tokens: maxTokens,
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
        if (Number.isNaN(first) && HAS_TEXT.test(bytes.toString('latin1'))) first = performance.now() - began;
        tail = (tail + bytes.toString('latin1')).slice(-40);
      });
      response.once('end', () => {
        const whole = performance.now() - began;
        const retryAfter = Number(response.headers['retry-after'] ?? 0);
        done({ first, whole, ended: tail.includes('data: [DONE]') && !Number.isNaN(first), retryAfter });
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
