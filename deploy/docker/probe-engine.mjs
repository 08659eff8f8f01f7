// probe-engine.mjs live | ready: what an orchestrator may believe about the engine host. It asks through the socket that
// only the host's own user may open, so that it needs neither certificate nor key.
//   live   the host answers, whatever its models do: it restarts vLLM by itself, and a load must not be interrupted
//   ready  a model answers; else says how far its start is, and ends with 1
import { request } from 'node:http';
import { join, resolve } from 'node:path';

const ANSWER_MS = 5_000;

/** @returns {Promise<{ instances: { id: string, state: string, reason: string | null, progress: { percent: number, remainingSeconds: number | null } | null }[] }>} */
function status() {
  return new Promise((answered, failed) => {
    const socketPath = join(resolve(process.env.ENGINE_DATA_DIR || '.lorekeep/engine'), 'host.sock');
    const asking = request({ socketPath, path: '/engine/status', timeout: ANSWER_MS }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => (text += part));
      response.on('end', () => answered(JSON.parse(text)));
    });
    asking.on('timeout', () => asking.destroy(new Error(`no answer within ${ANSWER_MS} ms`)));
    asking.on('error', failed).end();
  });
}

function describe({ id, state, reason, progress }) {
  const left = progress?.remainingSeconds == null ? '' : `, ${Math.ceil(progress.remainingSeconds)} s left`;
  const far = progress ? ` ${Math.floor(progress.percent)} %${left}` : '';
  return `${id}: ${state}${far}${reason ? ` (${reason})` : ''}`;
}

const [mode] = process.argv.slice(2);
if (mode !== 'live' && mode !== 'ready') {
  console.error('probe-engine.mjs live | ready');
  process.exit(2);
}
try {
  const { instances } = await status();
  const ready = instances.some(({ state }) => state === 'ready');
  console.log(instances.map(describe).join('; ') || 'no models');
  process.exitCode = mode === 'live' || ready ? 0 : 1;
} catch (error) {
  console.log(`the engine host does not answer: ${error.message}`);
  process.exitCode = 1;
}
