/**
 * A stand-in for `vllm serve` in tests: a process of its own that speaks vLLM 0.26's HTTP surface as recorded
 * from a real one, and fails on demand.
 *
 *   node test/support/fake-vllm/main.mjs --port 0 --model gpt-oss-20b [--model …] [--api-key k]
 *     [--runner pooling] [--max-model-len 32768] [--first-token-ms 0] [--token-ms 0] [--reasoning] [--exit-with-parent]
 *
 * Prints `fake-vllm listening on http://127.0.0.1:<port>` when it is ready.
 */
import { parseArgs } from 'node:util';
import { startServer } from './server.mjs';

const { values } = parseArgs({
  options: {
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '0' },
    model: { type: 'string', multiple: true, default: ['gpt-oss-20b'] },
    'api-key': { type: 'string', default: '' },
    'max-model-len': { type: 'string', default: '32768' },
    'first-token-ms': { type: 'string', default: '0' },
    'token-ms': { type: 'string', default: '0' },
    runner: { type: 'string', default: 'auto' },
    reasoning: { type: 'boolean', default: false },
    'exit-with-parent': { type: 'boolean', default: false },
  },
});

const server = await startServer({
  host: values.host,
  port: Number(values.port),
  models: values.model,
  pooling: values.runner === 'pooling',
  apiKey: values['api-key'],
  maxModelLen: Number(values['max-model-len']),
  firstTokenMs: Number(values['first-token-ms']),
  tokenMs: Number(values['token-ms']),
  reasoning: values.reasoning,
});
process.stdout.write(`fake-vllm listening on ${server.url}\n`);

// As recorded: SIGTERM ends running streams with finish_reason "abort" and [DONE].
let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  await server.stop();
  process.exit(0);
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
if (values['exit-with-parent']) process.stdin.on('end', () => process.exit(0)).resume();
