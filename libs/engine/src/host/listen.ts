import { chmod, readFile, rm } from 'node:fs/promises';
import http, { type RequestListener, type Server } from 'node:http';
import https from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import type { EngineConfig } from './engine.config.js';

/** The settings of the door contradict each other, or it cannot be opened: one sentence. */
export class DoorError extends Error {
  override readonly name = 'DoorError';
}

export interface Door {
  readonly url: string;
  /** No new requests; resolves when the open ones have ended or were cut after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Opens ENGINE_LISTEN: plain on loopback, elsewhere TLS that asks for a client certificate. */
export async function listen(config: EngineConfig, handle: RequestListener): Promise<Door> {
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(config.ENGINE_LISTEN) ?? [];
  const secure = config.ENGINE_TLS_CERT !== '';
  if (!LOOPBACK.has(host) && (!secure || config.ENGINE_TLS_CLIENT_CA === '' || config.ENGINE_KEY === ''))
    throw new DoorError(
      'ENGINE_LISTEN beyond loopback needs ENGINE_TLS_CERT, ENGINE_TLS_KEY, ENGINE_TLS_CLIENT_CA and ENGINE_KEY.',
    );
  const server = secure ? https.createServer(await tlsOptions(config), handle) : http.createServer(handle);
  await new Promise<void>((opened, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      failed(new DoorError(`ENGINE_LISTEN ${config.ENGINE_LISTEN} cannot be opened (${error.code}).`)),
    );
    server.listen({ host: host.replace(/^\[|\]$/g, ''), port: Number(port) }, opened);
  });
  const address = server.address() as AddressInfo;
  return { url: `${secure ? 'https' : 'http'}://${host}:${address.port}`, close: (ms) => close(server, ms) };
}

/**
 * The door of the command line on this machine: a socket that only this user may open, so that it needs no key. Two
 * hosts never share a folder: the second finds the first one's socket answering.
 */
export async function listenSocket(path: string, handle: RequestListener): Promise<Door> {
  if (await answers(path)) throw new DoorError('An engine host runs already with this ENGINE_DATA_DIR.');
  await rm(path, { force: true });
  const server = http.createServer(handle);
  await new Promise<void>((opened, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      failed(
        new DoorError(
          `The socket ${path} cannot be opened (${error.code}): choose a shorter ENGINE_DATA_DIR.`,
        ),
      ),
    );
    server.listen(path, opened);
  });
  await chmod(path, 0o600);
  return { url: path, close: (ms) => close(server, ms) };
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
    socket.once('connect', () => socket.destroy());
  });
}

async function tlsOptions(config: EngineConfig): Promise<https.ServerOptions> {
  const read = (path: string): Promise<Buffer> =>
    readFile(path).catch(() => {
      throw new DoorError(`The file ${path} cannot be read.`);
    });
  return {
    cert: await read(config.ENGINE_TLS_CERT),
    key: await read(config.ENGINE_TLS_KEY),
    minVersion: 'TLSv1.3',
    ...(config.ENGINE_TLS_CLIENT_CA === ''
      ? {}
      : { ca: await read(config.ENGINE_TLS_CLIENT_CA), requestCert: true, rejectUnauthorized: true }),
  };
}

async function close(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(cut);
}
