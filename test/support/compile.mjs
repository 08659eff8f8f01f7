// Compiles TypeScript sources of the checkout for a plain Node script, so that tests never depend on a build.
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { transformFile } from '@swc/core';

const NOT_PRODUCT = /\.(spec|db-spec|e2e-spec|bench)\.ts$/;

/** Writes every source under `from` as JavaScript under `to`; relative imports keep working. */
export async function compile(from, to) {
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  const sources = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !NOT_PRODUCT.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  for (const source of sources) {
    const target = join(to, relative(from, source)).replace(/\.ts$/, '.js');
    const { code } = await transformFile(source, { configFile: false, swcrc: false, ...SWC });
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, code);
  }
}

const SWC = {
  module: { type: 'es6' },
  jsc: {
    target: 'es2022',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
  },
};
