import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const BUILT_PAGE = fileURLToPath(new URL('../../../web/dist', import.meta.url));
const YEAR_SECONDS = 31_536_000;

/** Serves the built page; file names carry a hash, so they may be kept, and index.html may not. */
export async function servePage(fastify: FastifyInstance, directory: string): Promise<void> {
  const root = directory === '' ? BUILT_PAGE : directory;
  if (!existsSync(join(root, 'index.html'))) return;
  const index = await readFile(join(root, 'index.html'));
  await fastify.register(fastifyStatic, {
    root,
    wildcard: false,
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const kept = path.includes('/assets/') ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache';
      void reply.header('cache-control', kept);
    },
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!isPageAddress(request)) return done();
    void reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(index);
  });
}

/** What is not the page's: the API, the operators' addresses, and files. */
const NOT_THE_PAGE = /^\/(?:api|v1|assets|healthz|readyz|metrics)(?:[/?]|$)|\.\w+(?:\?|$)/;

/** The page routes its own addresses, unknown ones too: a browser that asks for one gets the page, not JSON. */
function isPageAddress({ method, url, headers }: FastifyRequest): boolean {
  if (method !== 'GET' || NOT_THE_PAGE.test(url)) return false;
  return url === '/' || (headers.accept ?? '').includes('text/html');
}
