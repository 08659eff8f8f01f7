import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startFakeVllm, type FakeVllm } from '../support/fake-vllm/start.js';
import { runBench } from '../support/run-bench.js';

interface Report {
  routes: object | null;
  notes: string[];
  models: {
    model: string;
    remarks: string[];
    sweep: object | null;
    tasks: object[];
    levels: { concurrency: number; figures: { successful: number; failures: Record<string, number> } }[];
  }[];
}

/** What lorekeep bench keeps when a server or its user ends it half way. */
describe('lorekeep bench that does not come to its end', () => {
  let folder: string;
  let servers: FakeVllm[];
  beforeEach(async () => {
    mkdirSync('.lorekeep', { recursive: true });
    folder = mkdtempSync(join(process.cwd(), '.lorekeep', 'bench-faults-'));
    servers = await Promise.all(['mortal', 'lasting'].map((model) => startFakeVllm(['--model', model])));
  });
  afterEach(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  const few = ['--requests', '6', '--rounds', '1', '--input-tokens', '30', '--output-tokens', '8'];
  /** Once its progress has said so. */
  const when =
    (line: RegExp, then: (child: ChildProcess) => void) =>
    (child: ChildProcess): void => {
      let seen = '';
      let isDone = false;
      child.stderr?.on('data', (chunk: Buffer) => {
        seen += chunk.toString();
        if (isDone || !line.test(seen)) return;
        isDone = true;
        then(child);
      });
    };

  it('keeps what a model showed until its server died, and measures the others', async () => {
    const json = join(folder, 'report.json');
    const [mortal, lasting] = servers.map(({ url }) => url);
    const { code, out } = await runBench(
      folder,
      [
        ...['--direct', `${mortal}=one`, `${lasting}=two`, ...few, '--concurrency', '1,2,4', '--json', json],
        ...['--sweep', '--sweep-max', '1', '--sweep-tokens', '30,8', '--tasks'],
      ],
      {},
      when(/mortal: one, 2 at once, warming up/, () => servers[0]?.process.kill('SIGKILL')),
    );
    expect(code).toBe(0);
    const { models, notes } = JSON.parse(readFileSync(json, 'utf8')) as Report;
    const [dead, alive] = models;
    const levels = (model: Report['models'][number] | undefined) =>
      model?.levels.map(({ concurrency, figures }) => [concurrency, figures.successful]);
    expect(levels(dead)?.[0]).toEqual([1, 6]);
    expect(levels(dead)?.length).toBeLessThan(3);
    expect(dead).toMatchObject({ sweep: null, tasks: [] });
    expect(levels(alive)).toEqual([
      [1, 6],
      [2, 6],
      [4, 6],
    ]);
    expect(alive?.sweep).toMatchObject({ highestStable: expect.any(Number) });
    expect(alive?.tasks).toHaveLength(30);
    expect(notes).toContain('mortal at one stopped answering: what was left to ask there was left out.');
    expect(out).toMatch(/^lasting +–/m);
  }, 180_000);

  it('leaves a report that is there as it is where nothing was measured', async () => {
    const json = join(folder, 'report.json');
    writeFileSync(json, 'of yesterday');
    const { code, out, err } = await runBench(
      folder,
      ['--direct', servers[0]?.url ?? '', '--warmup', '2000', '--json', json],
      {},
      when(/warming up/, (child) => child.kill('SIGINT')),
    );
    expect([code, out]).toEqual([130, '']);
    expect(err).toContain('Nothing was measured: no report was written.');
    expect(readFileSync(json, 'utf8')).toBe('of yesterday');
  }, 180_000);

  it('has written the files when the reader of its table goes away', async () => {
    const html = join(folder, 'report.html');
    const { err } = await runBench(
      folder,
      ['--direct', servers[0]?.url ?? '', ...few, '--concurrency', '1', '--html', html],
      {},
      (child) => child.stdout?.destroy(),
    );
    expect(err).toContain(`Report: ${html}`);
    expect(readFileSync(html, 'utf8')).toContain('</html>');
  }, 180_000);
});
