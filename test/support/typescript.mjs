// Runs TypeScript sources directly: `node --import ./test/support/typescript.mjs -C lorekeep-source file.ts`.
// For benches and for child processes of tests; the product itself runs from dist.
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
