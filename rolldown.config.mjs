// Each program is one file: a start reads some forty files instead of 1,600 (test/load/README.md has what that saves).
// The libraries are built first; what starts threads or processes of its own runs from their folders.
import { dirname, relative, resolve } from 'node:path';
import { defineConfig } from 'rolldown';

const OUT = 'dist';

/** What Nest asks for and does without; what loads files or starts threads beside itself. */
const APART = [
  /^@nestjs\/(?:microservices|platform-express|terminus|websockets)/,
  /^class-(?:transformer|validator)/,
  /^@fastify\/view$/,
  /^@node-rs\//,
  /^graphile-worker$/,
  /^pino$/,
  /^snowball-stemmers$/,
];

/** Modules find what lies beside them where it is, not beside the file that they became part of. */
const ownUrls = {
  name: 'own-urls',
  transform(code, id) {
    if (!code.includes('import.meta.url')) return undefined;
    const from = relative(resolve(OUT), id);
    return {
      code: code.replaceAll('import.meta.url', `new URL(${JSON.stringify(from)}, import.meta.url).href`),
      map: null,
    };
  },
};

export default defineConfig({
  input: 'src/main.ts',
  platform: 'node',
  // As .swcrc has it for the libraries.
  transform: { target: 'es2022', decorator: { legacy: true, emitDecoratorMetadata: true } },
  tsconfig: false,
  external: APART,
  plugins: [ownUrls],
  output: {
    dir: OUT,
    cleanDir: true,
    format: 'esm',
    entryFileNames: 'main.js',
    // Nest knows providers by the names of their classes, and logs show them.
    keepNames: true,
    sourcemap: true,
  },
  // Which module a line is of.
  experimental: { attachDebugInfo: 'simple' },
  logLevel: 'warn',
});
