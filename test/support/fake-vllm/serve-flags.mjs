/** The flags of `vllm serve` 0.26 that a supervisor may use; anything else ends as argparse ends it. */
const VALUES = [
  'host',
  'port',
  'served-model-name',
  'tensor-parallel-size',
  'distributed-executor-backend',
  'gpu-memory-utilization',
  'max-model-len',
  'max-num-seqs',
  'max-num-batched-tokens',
  'max-cudagraph-capture-size',
  'prefix-caching-hash-algo',
  'scheduling-policy',
  'tool-call-parser',
  'reasoning-parser',
  'speculative-config',
  'disable-access-log-for-endpoints',
  'fingerprint-mode',
  'shutdown-timeout',
  'kv-cache-dtype',
  'load-format',
  'dtype',
  'quantization',
  'api-key',
  'runner',
  'structured-outputs-config',
  'attention-backend',
  'moe-backend',
];
const SWITCHES = [
  'enforce-eager',
  'enable-prefix-caching',
  'no-enable-prefix-caching',
  'disable-custom-all-reduce',
  'enable-auto-tool-choice',
  'enable-request-id-headers',
  'enable-force-include-usage',
  'enable-prompt-tokens-details',
  'disable-fastapi-docs',
  'async-scheduling',
  'no-async-scheduling',
];

export function parseFlags(args) {
  const [command, model, ...rest] = args;
  if (command !== 'serve' || !model || model.startsWith('-'))
    usage('the following arguments are required: model_tag');
  const found = {};
  const unknown = [];
  for (let at = 0; at < rest.length; at += 1) {
    const [name, inline] = rest[at].replace(/^--/, '').split('=', 2);
    if (SWITCHES.includes(name)) found[name] = true;
    else if (VALUES.includes(name)) found[name] = inline ?? rest[(at += 1)];
    else unknown.push(rest[at]);
  }
  if (unknown.length > 0) usage(`unrecognized arguments: ${unknown.join(' ')}`);
  return {
    model,
    host: found.host ?? '0.0.0.0',
    port: Number(found.port ?? 8000),
    models: [found['served-model-name'] ?? model],
    tensorParallel: Number(found['tensor-parallel-size'] ?? 1),
    utilization: Number(found['gpu-memory-utilization'] ?? 0.92),
    maxModelLen: Number(found['max-model-len'] ?? 8192),
    pooling: found.runner === 'pooling',
    maxNumSeqs: Number(found['max-num-seqs'] ?? 256),
    customAllReduce: found['disable-custom-all-reduce'] !== true,
    eager: found['enforce-eager'] === true,
  };
}

function usage(message) {
  process.stderr.write(`usage: main.py [-h] [-v]\nmain.py: error: ${message}\n`);
  process.exit(2);
}
