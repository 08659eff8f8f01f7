import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createInference, inferenceConfigSchema } from '@lorekeep/inference';
import { loadConfig } from '@lorekeep/kit/config';

/** An engine host's door, as far as TLS goes: 1.3, and only for bearers of a certificate of this authority. */
async function startDoor(folder: string, asked: string[]): Promise<Server> {
  const read = (name: string): Buffer => readFileSync(join(folder, name));
  const tls = { cert: read('engine.crt'), key: read('engine.key'), ca: read('ca.crt') };
  const server = createServer(
    { ...tls, minVersion: 'TLSv1.3', requestCert: true, rejectUnauthorized: true },
    (request, response) => {
      asked.push(request.url ?? '');
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ object: 'list', data: [{ id: 'm', max_model_len: 4096 }] }));
    },
  );
  await new Promise<void>((opened) => server.listen(0, '127.0.0.1', opened));
  return server;
}

describe('deploy/compose/make-certificates.sh', () => {
  let folder: string;
  let server: Server;
  const asked: string[] = [];
  const file = (name: string): string => join(folder, name);
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'certificates-'));
    execFileSync('deploy/compose/make-certificates.sh', [folder, 'engine', 'localhost'], { stdio: 'ignore' });
    server = await startDoor(folder, asked);
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    rmSync(folder, { recursive: true });
  });

  /** What a gateway with these settings finds at the door. */
  async function modelsFor(settings: Record<string, string>): Promise<readonly string[]> {
    const { port } = server.address() as AddressInfo;
    const config = loadConfig(inferenceConfigSchema, {
      INFERENCE_URL: `https://localhost:${port}`,
      INFERENCE_SALT_SECRET: 'x'.repeat(32),
      ...settings,
    });
    const inference = createInference(config);
    inference.start();
    const until = performance.now() + 3_000;
    try {
      while (performance.now() < until) {
        const [replica] = inference.state().replicas;
        if (replica && (replica.models.length > 0 || replica.state === 'open')) return replica.models;
        await new Promise((again) => setTimeout(again, 20));
      }
      return [];
    } finally {
      await inference.close();
    }
  }

  it('lets the gateway in, and nobody without a certificate', async () => {
    const ca = { INFERENCE_TLS_CA: file('ca.crt') };
    const own = { INFERENCE_TLS_CERT: file('gateway.crt'), INFERENCE_TLS_KEY: file('gateway.key') };
    expect(await modelsFor({ ...ca, ...own })).toEqual(['m']);
    asked.length = 0;
    expect(await modelsFor(ca)).toEqual([]);
    expect(await modelsFor(own)).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('shows keys to nobody else, and keeps what is there', () => {
    for (const name of ['ca', 'engine', 'gateway', 'prometheus'])
      expect([name, statSync(file(`${name}.key`)).mode & 0o007]).toEqual([name, 0]);
    const before = readFileSync(file('engine.crt'), 'utf8');
    execFileSync('deploy/compose/make-certificates.sh', [folder], { stdio: 'ignore' });
    expect(readFileSync(file('engine.crt'), 'utf8')).toBe(before);
  });

  it('is refused at the start where a file is missing', () => {
    const config = (settings: Record<string, string>) =>
      loadConfig(inferenceConfigSchema, {
        INFERENCE_URL: 'https://localhost:1',
        INFERENCE_SALT_SECRET: 'x'.repeat(32),
        ...settings,
      });
    expect(() => createInference(config({ INFERENCE_TLS_CA: file('none.crt') }))).toThrow(
      'INFERENCE_TLS_CA: names a file that cannot be read',
    );
    expect(() => createInference(config({ INFERENCE_TLS_CERT: file('gateway.crt') }))).toThrow(
      'INFERENCE_TLS_KEY: belongs together with INFERENCE_TLS_CERT',
    );
  });
});
