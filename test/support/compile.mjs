// Compiles packages of the checkout for a plain Node script, so that tests never depend on a build.
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { transformFile } from '@swc/core';

const NOT_PRODUCT = /\.(spec|db-spec|e2e-spec|bench)\.ts$/;
const SWC = {
  configFile: false,
  swcrc: false,
  module: { type: 'es6' },
  jsc: {
    target: 'es2022',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
  },
};

/**
 * Installs the packages, given as name → folder, under `to`/node_modules/@lorekeep: code inside `to` finds these copies,
 * which find each other there and everything else in the checkout's own node_modules. Returns where they were put.
 */
export async function compilePackages(packages, to) {
  const scope = join(to, 'node_modules', '@lorekeep');
  for (const [name, folder] of Object.entries(packages)) {
    await compile(join(folder, 'src'), join(scope, name, 'dist'));
    await copyFile(join(folder, 'package.json'), join(scope, name, 'package.json'));
  }
  return scope;
}

async function compile(from, to) {
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  const sources = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !NOT_PRODUCT.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  await mkdir(to, { recursive: true });
  await Promise.all(
    sources.map(async (source) => {
      const target = join(to, relative(from, source)).replace(/\.ts$/, '.js');
      const { code } = await transformFile(source, SWC);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, code);
    }),
  );
}
