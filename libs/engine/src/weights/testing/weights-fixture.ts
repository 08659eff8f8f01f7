import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DescribedModel } from '../../catalogue/described-model.js';
import { readCatalogue } from '../../catalogue/read-catalogue.js';
import { fetchWeights, type FetchOptions, type FetchReport } from '../fetch-weights.js';
import { openSource } from '../open-source.js';
import { formatSums } from '../sums-file.js';
import { gitBlob, sha256, WeightsServer, type Behaviour } from './weights-server.js';

const [known] = readCatalogue() as [DescribedModel];
export const COMMIT = 'c'.repeat(40);
export const big = randomBytes(300_000);
export const config = Buffer.from('{"layers": 2}');
export const contents = new Map([
  ['model.safetensors', big],
  ['config.json', config],
]);
export const sums = formatSums([...contents].map(([path, content]) => ({ path, sha256: sha256(content) })));
export const listed = [...contents].map(([path, content]) => ({
  path,
  bytes: content.length,
  sha256: sha256(content),
}));
export const settings = { silenceMs: 1000, pauseMs: 1, hub: '', token: 'hub-token' };
export const signal = new AbortController().signal;

export const model = (change: Partial<DescribedModel> = {}): DescribedModel => ({
  ...known,
  folder: 'm',
  repository: 'o/m',
  files: undefined,
  ...change,
});

/** A server that has the files as a mirror and as a hub, and a folder for them. */
export class WeightsFixture {
  readonly root = mkdtempSync(join(tmpdir(), 'weights-'));
  readonly folder = join(this.root, 'models', 'm');

  private constructor(readonly server: WeightsServer) {}

  static async start(): Promise<WeightsFixture> {
    const files = new Map([['m/SHA256SUMS', Buffer.from(sums)]]);
    for (const [path, content] of contents) files.set(`m/${path}`, content);
    addHub(files);
    return new WeightsFixture(await WeightsServer.start(files));
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.root, { recursive: true, force: true });
  }

  async fetchFrom(
    from: string,
    change: Partial<DescribedModel> = {},
    options: Partial<FetchOptions> = {},
  ): Promise<FetchReport> {
    const described = model(change);
    const hub = from === 'hub' ? this.server.url : '';
    const source = await openSource(from, described, { ...settings, hub }, signal);
    return fetchWeights(source, this.folder, described, { signal, pauseMs: 1, ...options });
  }

  behave(path: string, behaviour: Behaviour): void {
    this.server.behaviour[`m/${path}`] = behaviour;
  }

  /** What was asked about a file with GET: ranges and keys. */
  asked(path: string): string[] {
    const lines = this.server.requests.filter((line) => line.startsWith(`GET m/${path}`));
    return lines.map((line) => line.replace(/^GET \S+ ?/, ''));
  }

  list(): string[] {
    return readdirSync(this.folder).sort();
  }

  isWhole(): boolean {
    const right = [...contents].every(([path, content]) =>
      readFileSync(join(this.folder, path)).equals(content),
    );
    const names = ['.verified.json', 'SHA256SUMS', 'config.json', 'model.safetensors'];
    const written = readFileSync(join(this.folder, 'SHA256SUMS'), 'utf8');
    return right && written === sums && this.list().join() === names.join();
  }
}

function addHub(files: Map<string, Buffer>): void {
  const large = { oid: sha256(big), size: big.length };
  const tree = [
    { type: 'directory', path: 'original', size: 0, oid: 'd'.repeat(40) },
    { type: 'file', path: '.gitattributes', size: 1, oid: 'a'.repeat(40) },
    { type: 'file', path: 'config.json', size: config.length, oid: gitBlob(config) },
    { type: 'file', path: 'model.safetensors', size: 135, oid: 'e'.repeat(40), lfs: large },
  ];
  files.set('api/models/o/m/revision/main', Buffer.from(JSON.stringify({ sha: COMMIT })));
  files.set(`api/models/o/m/tree/${COMMIT}`, Buffer.from(JSON.stringify(tree)));
  for (const [path, content] of contents) files.set(`o/m/resolve/${COMMIT}/${path}`, content);
}
