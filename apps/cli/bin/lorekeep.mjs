// Old syntax only; see bootstrap.mjs.
// The command line after `npm ci && npm run build`: npm run -s lorekeep -- <command>
import { existsSync } from 'node:fs';
import { checkRuntime } from './check-runtime.mjs';

const main = new URL('../dist/main.js', import.meta.url);
const installed = existsSync(new URL('../../../node_modules/commander/package.json', import.meta.url));
const problem =
  checkRuntime(process.versions.node, process.platform) ||
  (installed && existsSync(main)
    ? undefined
    : 'Lorekeep is not built yet: run npm ci && npm run build first (npm start does both by itself).');
if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  import(main.href).catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
}
