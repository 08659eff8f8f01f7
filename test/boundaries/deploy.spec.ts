import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import {
  engineConfigSchema,
  isPlanRefusal,
  loadCatalogue,
  parseGpuNotation,
  planLaunch,
} from '@lorekeep/engine';
import { inferenceConfigSchema, modelServerUrls } from '@lorekeep/inference';
import { loadConfig, type ConfigShape } from '@lorekeep/kit/config';

interface Service {
  image?: string;
  environment?: Record<string, string>;
  ports?: string[];
  networks?: string[];
  command?: string[];
  volumes?: string[];
  profiles?: string[];
  secrets?: string[];
  healthcheck?: { test?: string[]; disable?: boolean };
  deploy?: { resources: { reservations: { devices: unknown[] } } };
}
const text = readFileSync('deploy/compose/compose.yaml', 'utf8');
const compose = parse(text, { merge: true }) as {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean }>;
  secrets: Record<string, { file: string }>;
};
const service = (name: string): Service => compose.services[name] as Service;

describe('deploy/compose', () => {
  it('has no default for a secret, and asks for every one', () => {
    for (const [name, { environment = {} }] of Object.entries(compose.services)) {
      for (const [key, value] of Object.entries(environment)) {
        if (!/PASSWORD|SECRET|KEY|(?<!TIK)TOKEN|_URL/.test(key) || /^http/.test(value)) continue;
        if (/(_FILE|_TLS_KEY)$/.test(key) && value.startsWith('/run/secrets/')) continue;
        expect([name, key, value]).toEqual([name, key, expect.stringMatching(/\$\{\w+:\?set it in \.env\}/)]);
      }
    }
    expect(text).not.toMatch(/\$\{\w*(PASSWORD|SECRET|KEY|TOKEN)\w*:-/);
  });

  it('names in .env.example exactly what it asks for', () => {
    const asked = new Set([...text.matchAll(/\$\{(\w+):\?/g)].map((match) => match[1]));
    const example = readFileSync('deploy/compose/.env.example', 'utf8');
    const named = new Set([...example.matchAll(/^(\w+)=$/gm)].map((match) => match[1]));
    expect(named).toEqual(asked);
  });

  it('publishes the gateway alone, on this machine alone', () => {
    const published = Object.entries(compose.services).filter(([, { ports }]) => ports?.length);
    expect(published.map(([name]) => name)).toEqual(['gateway']);
    expect(service('gateway').ports?.[0]).toMatch(/^127\.0\.0\.1:/);
  });

  it('pins every image and gives the owner role to the migration alone', () => {
    for (const { image } of Object.values(compose.services)) expect(image).toMatch(/:[^:]*\d/);
    const owners = Object.entries(compose.services).filter(
      ([, { environment }]) => environment?.MIGRATIONS_DATABASE_URL,
    );
    expect(owners.map(([name]) => name)).toEqual(['migrate']);
    expect(service('gateway').environment?.DATABASE_URL).toContain('//lorekeep_app:');
  });

  it('keeps the signed heads of every process that audits in one place', () => {
    for (const name of ['migrate', 'gateway', 'worker']) {
      expect([name, compose.services[name]?.volumes]).toEqual([name, ['data:/data']]);
    }
  });

  it('has the engine beside the gateway where there are cards, and reachable from there alone', () => {
    const engine = service('engine');
    expect(engine.profiles).toEqual(['gpu']);
    expect(engine.networks).toEqual(['engine']);
    expect(compose.networks.engine?.internal).toBe(true);
    const beside = Object.entries(compose.services).filter(([, { networks }]) =>
      networks?.includes('engine'),
    );
    expect(beside.map(([name]) => name)).toEqual(['gateway', 'engine']);
    expect(engine.deploy?.resources.reservations.devices).toEqual([
      { driver: 'nvidia', count: 2, capabilities: ['gpu'] },
    ]);
    expect(engine).toMatchObject({ ipc: 'host', init: true, read_only: true, cap_drop: ['ALL'] });
    expect(engine.healthcheck?.test).toEqual(['CMD', 'node', 'deploy/docker/probe-engine.mjs', 'ready']);
    expect(engine.volumes).toEqual([expect.stringMatching(/:\/models:ro$/), 'engine:/data']);
  });

  it('starts only weights whose sums are known, and has a service that writes them', () => {
    expect(service('engine').environment?.ENGINE_REQUIRE_SUMS).toBe('true');
    const weights = service('weights');
    expect(weights).toMatchObject({ profiles: ['weights'], environment: { ENGINE_MODELS: '/models' } });
    expect(weights.volumes).toEqual([expect.stringMatching(/:\/models$/)]);
    expect(weights.networks).toEqual(['front']);
  });

  it('has the vocabulary of gpt-oss beside the weights, since nothing can be fetched from its network', () => {
    const { environment, volumes } = service('engine');
    expect(environment?.TIKTOKEN_ENCODINGS_BASE).toBe('/models/tiktoken');
    expect(volumes?.[0]).toMatch(/:\/models:ro$/);
    const readme = readFileSync('deploy/README.md', 'utf8');
    expect(readme).toContain(
      'curl -fO https://openaipublic.blob.core.windows.net/encodings/o200k_base.tiktoken',
    );
  });

  it('starts vLLM with tensor parallelism 2, without peer-to-peer and custom all-reduce', async () => {
    const { ENGINE_MODEL_IDS = '', NCCL_P2P_DISABLE } = service('engine').environment ?? {};
    expect(NCCL_P2P_DISABLE).toBe('1');
    const models = (await loadCatalogue('')).filter(({ id }) => ENGINE_MODEL_IDS.split(',').includes(id));
    const plan = planLaunch(models, { gpus: parseGpuNotation('2x24564MiB@8.9'), peerToPeer: false });
    if (isPlanRefusal(plan)) throw new Error(plan.sentences.join(' '));
    const [instance] = plan.instances;
    expect(instance?.command).toEqual(expect.arrayContaining(['--disable-custom-all-reduce', 'priority']));
    expect(instance?.tensorParallel).toBe(2);
    // The gateway queues what the engine has no room for.
    expect(String(instance?.sequences)).toBe(service('gateway').environment?.INFERENCE_SEQUENCES);
  });

  it('has settings that gateway and engine host accept', () => {
    const read = <Shape extends ConfigShape>(name: string, shape: Shape) => {
      const given = Object.entries(service(name).environment ?? {}).filter(([key]) => key in shape);
      return loadConfig(
        shape,
        Object.fromEntries(given.map(([key, value]) => [key, value.replace(/\$\{.*?\}/, 'x'.repeat(32))])),
      );
    };
    expect(read('engine', engineConfigSchema).ENGINE_LISTEN).toBe('0.0.0.0:8090');
    expect(modelServerUrls(read('gateway', inferenceConfigSchema))).toEqual(['https://engine:8090']);
    const known = { ...engineConfigSchema, ...inferenceConfigSchema };
    for (const name of ['engine', 'gateway'])
      for (const key of Object.keys(service(name).environment ?? {}))
        if (/^(ENGINE|INFERENCE)_/.test(key)) expect(known).toHaveProperty(key.replace(/_FILE$/, ''));
  });

  it("asks for the gateway's health of the gateway alone", () => {
    const asked = Object.keys(compose.services).filter((name) => !service(name).healthcheck?.disable);
    expect(asked).toEqual(['postgres', 'gateway', 'engine']);
  });

  it('mounts secrets as files, of which none is in the repository', () => {
    const used = new Set(Object.values(compose.services).flatMap(({ secrets = [] }) => secrets));
    expect([...used].sort()).toEqual(Object.keys(compose.secrets).sort());
    for (const { file } of Object.values(compose.secrets)) expect(file).toMatch(/^secrets\//);
    expect(readFileSync('.gitignore', 'utf8')).toContain('deploy/compose/secrets/');
  });
});

describe('deploy/docker', () => {
  it('copies every workspace that the lock file knows', () => {
    const dockerfile = readFileSync('deploy/docker/Dockerfile', 'utf8');
    for (const app of readdirSync('apps')) expect(dockerfile).toContain(`COPY apps/${app}/package.json`);
    // The command line finds its root by nx.json, in the images too.
    const [, , engine = '', last = ''] = dockerfile.split(/^FROM /m);
    for (const name of ['node_modules', 'apps', 'libs', 'migrations', 'package.json', 'nx.json']) {
      expect(last).toMatch(new RegExp(`^COPY --from=build .*/app/${name}\\b`, 'm'));
    }
    for (const name of ['node_modules', 'apps/cli', 'apps/engine', 'libs', 'package.json', 'nx.json']) {
      expect(engine).toMatch(new RegExp(`^COPY --from=build .*/app/${name}\\b`, 'm'));
    }
    for (const stage of [engine, last]) expect(stage).toMatch(/^USER 1000:1000$/m);
    expect(engine).toMatch(/^vllm\/vllm-openai:v0\.(2[6-9]|[3-9]\d)\.\d+ AS engine$/m);
    expect(readFileSync('.dockerignore', 'utf8')).toContain('!deploy/docker/probe-engine.mjs');
  });
});
