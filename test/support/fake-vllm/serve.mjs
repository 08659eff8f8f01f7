/**
 * `vllm serve MODEL --flags`: starts as vLLM does. It takes the real flags, prints the recorded start-up log, refuses
 * connections until it is ready, has an engine core and workers as processes of its own, and exits 0 when they die.
 *
 * What a start is like is read from the file VLLM_FAKE_STEER: {"starts": [{…}, …]}, one entry for each start, the last
 * one for all that follow; fields in `steer-start.mjs`.
 */
import { parseFlags } from './serve-flags.mjs';
import { EngineProcesses } from './engine-processes.mjs';
import { startServer } from './server.mjs';
import { failStart } from './start-failures.mjs';
import { line, printBefore, printAfter } from './start-log.mjs';
import { steerStart } from './steer-start.mjs';

const flags = parseFlags(process.argv.slice(2));
const steer = steerStart(process.env.VLLM_FAKE_STEER, flags);
process.title = 'vllm serve';
/** What there is to stop so far. */
const made = {};
let stopping = false;

async function stop() {
  if (stopping) return;
  stopping = true;
  line('APIServer', 'INFO', 'launcher.py:100', '[shutdown] API server: shutdown triggered');
  await made.server?.stop();
  made.engine?.stop();
  process.exit(0);
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

await printBefore(flags, steer);
if (steer.fail) await failStart(steer.fail, flags, steer);
const engine = (made.engine = new EngineProcesses(flags.tensorParallel, steer.deathScale));
await printAfter(flags, steer);
const server = (made.server = await startServer({
  host: flags.host,
  port: flags.port,
  models: flags.models,
  pooling: flags.pooling,
  apiKey: process.env.VLLM_API_KEY ?? '',
  maxModelLen: flags.maxModelLen,
  maxNumSeqs: flags.maxNumSeqs,
  firstTokenMs: steer.firstTokenMs,
  tokenMs: steer.tokenMs,
  reasoning: false,
  garbageFrom: steer.garbageFrom,
  faults: steer.faults,
  engine,
}).catch((error) => failStart(error.code === 'EADDRINUSE' ? 'port-taken' : 'crash', flags, steer)));
line('APIServer', 'INFO:', '', 'Application startup complete.');

engine.onEnd(async () => {
  line('APIServer', 'INFO:', '', 'Shutting down');
  await server.stop();
  line('APIServer', 'INFO:', '', `Finished server process [${process.pid}]`);
  engine.stop();
  // As recorded: an engine that died ends the server with 0.
  process.exit(0);
});
