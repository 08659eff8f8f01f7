// Writes the files that are made from code (`npm run generate`); with --check it changes nothing and fails where one differs.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { format, resolveConfig } from 'prettier';

const root = fileURLToPath(new URL('../..', import.meta.url));
const check = process.argv.includes('--check');

const FILES: Record<string, () => Promise<string>> = {
  '.env.example': environmentExample,
  'apps/gateway/openapi.json': openApiDocument,
  'migrations/schema.sql': schemaDump,
};

let wrong = 0;
for (const [path, generate] of Object.entries(FILES)) {
  console.log(`${path}: ${await bringUpToDate(join(root, path), generate)}`);
}
// What was imported may keep the process alive.
process.exit(wrong > 0 ? 1 : 0);

async function bringUpToDate(file: string, generate: () => Promise<string>): Promise<string> {
  try {
    const [before, after] = await Promise.all([readFile(file, 'utf8').catch(() => null), generate()]);
    if (before === after) return 'unchanged';
    if (!check) {
      await writeFile(file, after);
      return 'written';
    }
    wrong++;
    return 'DIFFERS: run "npm run generate" and commit it';
  } catch (error) {
    wrong++;
    return `FAILED: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function environmentExample(): Promise<string> {
  const { describeConfig } = await import('@lorekeep/kit/config');
  const { appConfigShape } = await import('../../apps/gateway/src/wiring/app-config.js');
  const { workerConfigShape } = await import('../../apps/worker/src/worker.config.js');
  const { cliConfigSchema } = await import('../../apps/cli/src/cli.config.js');
  const { engineConfigSchema, weightsConfigSchema } = await import('@lorekeep/engine');
  const engineShape = { ...engineConfigSchema, ...weightsConfigSchema };
  const head = '# Every setting, its meaning and its default. Generated: npm run generate.\n\n';
  return `${head}${describeConfig({ ...appConfigShape, ...workerConfigShape, ...cliConfigSchema, ...engineShape }).trimEnd()}\n`;
}

async function openApiDocument(): Promise<string> {
  const { buildOpenApi } = await import('../../apps/gateway/src/openapi/build-openapi.js');
  const style = await resolveConfig(join(root, 'package.json'));
  return format(JSON.stringify(buildOpenApi()), { ...style, parser: 'json' });
}

/** The catalogue of a database that the migrations have just made, on an embedded Postgres of its own. */
async function schemaDump(): Promise<string> {
  const { launchPostgres } = await import('@lorekeep/kit/postgres');
  const { describeSchema, migrate } = await import('@lorekeep/kit/database');
  const { migrations } = await import('@lorekeep/migrations');
  const folder = await mkdtemp(join(tmpdir(), 'lorekeep-schema-'));
  const server = await launchPostgres({ folder: join(folder, 'postgres'), durable: false });
  try {
    const admin = new pg.Client({ connectionString: server.url() });
    await admin.connect();
    for (const role of ['lorekeep_owner', 'lorekeep_app']) {
      await admin.query(`create role ${role} login nosuperuser nobypassrls password 'generate'`);
    }
    await admin.query('create database generate owner lorekeep_owner');
    await admin.end();
    const ownerUrl = `postgres://lorekeep_owner:generate@127.0.0.1:${server.port}/generate`;
    await migrate({ ownerUrl, appRole: 'lorekeep_app', migrations });
    return await describeSchema({ url: ownerUrl, appRole: 'lorekeep_app' });
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
