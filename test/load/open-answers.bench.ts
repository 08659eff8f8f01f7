// What a gateway has resident with many answers open (built product: npm run build first):
//
//   node --import ./test/support/typescript.mjs -C lorekeep-source test/load/open-answers.bench.ts [--answers 500]
//     [--seconds 40] [--token-ms 100] [--documents] [--node="--max-semi-space-size=8"] [--set NAME=value]
import { Agent, request } from 'node:http';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { withBenchStack } from './bench-stack.js';

const { values } = parseArgs({
  options: {
    answers: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '40' },
    'token-ms': { type: 'string', default: '100' },
    documents: { type: 'boolean', default: false },
    node: { type: 'string', default: '' },
    set: { type: 'string', multiple: true, default: [] },
  },
});
const { documents } = values;
const SECONDS_BETWEEN = 4;

const answers = Number(values.answers);
const environment = {
  INFERENCE_SEQUENCES: String(answers),
  ...Object.fromEntries(values.set.map((pair) => pair.split('=', 2) as [string, string])),
};
const nodeArguments = values.node.split(' ').filter((flag) => flag !== '');

await withBenchStack({ documents, nodeArguments, environment }, async (stack) => {
  const tokenMs = Number(values['token-ms']);
  const tokens = Math.ceil((Number(values.seconds) * 1_000 * 1.5) / tokenMs);
  const content = Array.from({ length: tokens }, (_, at) => `word${at} `);
  await stack.vllm?.script({ content, reasoning: [], firstTokenMs: 5, tokenMs });
  const resident = [stack.resident()];
  const agent = new Agent({ keepAlive: true });
  let open = 0;
  const ask = () => {
    const body = JSON.stringify({
      model: 'm',
      messages: [{ role: 'user', content: 'How many days of annual leave do I get?' }],
      stream: true,
    });
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${stack.key}`,
      ...(documents ? {} : { 'x-lorekeep-documents': 'none' }),
    };
    const sent = request(
      `${stack.url}/v1/chat/completions`,
      { method: 'POST', agent, headers },
      (response) => {
        if (response.statusCode === 200) open += 1;
        response.resume();
      },
    );
    sent.on('error', () => undefined);
    sent.end(body);
  };
  for (let at = 0; at < answers; at += 1) {
    ask();
    if (at % 10 === 9) await pause(0.1);
  }
  const begun = stack.cpu();
  for (let at = 0; at < Number(values.seconds); at += SECONDS_BETWEEN) {
    await pause(SECONDS_BETWEEN);
    resident.push(stack.resident());
  }
  const line = {
    answers: open,
    residentMb: resident.map((megabytes) => Math.round(megabytes)).join(' '),
    cpuShare: ((stack.cpu() - begun) / 1_000 / Number(values.seconds)).toFixed(2),
    load: loadavg()[0]?.toFixed(1),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  agent.destroy();
});

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
}
