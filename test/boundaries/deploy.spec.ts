import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

interface Service {
  image?: string;
  environment?: Record<string, string>;
  ports?: string[];
  networks?: string[];
  command?: string[];
  volumes?: string[];
}
const text = readFileSync('deploy/compose/compose.yaml', 'utf8');
const compose = parse(text, { merge: true }) as {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean }>;
};
const service = (name: string): Service => compose.services[name] as Service;

describe('deploy/compose', () => {
  it('has no default for a secret, and asks for every one', () => {
    for (const [name, { environment = {} }] of Object.entries(compose.services)) {
      for (const [key, value] of Object.entries(environment)) {
        if (!/PASSWORD|SECRET|KEY|TOKEN|_URL/.test(key) || /^http/.test(value)) continue;
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
    for (const network of service('vllm').networks ?? [])
      expect(compose.networks[network]?.internal).toBe(true);
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

  it('runs vLLM with tensor parallelism 2 and without custom all-reduce', () => {
    expect(service('vllm').command).toEqual(
      expect.arrayContaining([
        '--tensor-parallel-size=2',
        '--disable-custom-all-reduce',
        '--scheduling-policy=priority',
      ]),
    );
  });
});

describe('deploy/docker', () => {
  it('copies every workspace that the lock file knows', () => {
    const dockerfile = readFileSync('deploy/docker/Dockerfile', 'utf8');
    for (const app of readdirSync('apps')) expect(dockerfile).toContain(`COPY apps/${app}/package.json`);
    expect(dockerfile).toMatch(/^USER node$/m);
    // The command line finds its root by nx.json, in the image too.
    const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
    for (const name of ['node_modules', 'apps', 'libs', 'migrations', 'package.json', 'nx.json']) {
      expect(last).toMatch(new RegExp(`^COPY --from=build .*/app/${name}\\b`, 'm'));
    }
  });
});
