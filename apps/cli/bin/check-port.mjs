// Before minutes of installing and building: whether the port is free. The command line checks again (find-port.ts).
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';

/** One sentence when the port of `start` is taken by another program, else nothing: other mistakes are named later. */
export async function takenPort(root, environment) {
  const { PORT, HOST, DATA_DIR } = { ...fromFile(join(root, '.env')), ...environment };
  const port = Number(PORT || 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return undefined;
  // A Lorekeep that runs, or was killed: what is to be said about it is known later.
  if (existsSync(join(DATA_DIR ? resolve(DATA_DIR) : join(root, '.lorekeep'), 'instance.json')))
    return undefined;
  if (!(await isTaken(HOST || '127.0.0.1', port))) return undefined;
  return `Port ${port} is taken by another program: end that program, or choose another port with PORT=${port + 1}.`;
}

function fromFile(path) {
  return existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {};
}

function isTaken(host, port) {
  const server = createServer();
  return new Promise((done) => {
    server.once('error', (cause) => done(cause.code === 'EADDRINUSE'));
    server.listen({ host, port, exclusive: true }, () => server.close(() => done(false)));
  });
}
