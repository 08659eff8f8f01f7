import { createServer } from 'node:net';
import { CliError } from '../cli.errors.js';

/** Throws one sentence when the port cannot be listened on. */
export async function checkPort(host: string, port: number): Promise<void> {
  const cause = await listen(host, port);
  if (typeof cause === 'number') return;
  if (cause.code === 'EADDRINUSE') {
    throw new CliError(
      `Port ${port} is taken by another program: end that program, or choose another port with PORT=${port === 3000 ? 3001 : port + 1}.`,
    );
  }
  if (cause.code === 'EACCES') {
    throw new CliError(`Port ${port} may not be used by this user: choose one above 1023 with PORT=3000.`);
  }
  throw new CliError(`Lorekeep cannot listen on ${host}:${port} (${cause.code}): correct HOST and PORT.`);
}

/** A port that is free now, for a gateway that nobody needs to find. */
export async function freePort(host: string): Promise<number> {
  const port = await listen(host, 0);
  if (typeof port === 'number') return port;
  throw new CliError(`Lorekeep cannot listen on ${host} (${port.code}): correct HOST.`);
}

function listen(host: string, port: number): Promise<number | NodeJS.ErrnoException> {
  const server = createServer();
  return new Promise((done) => {
    server.once('error', (cause: NodeJS.ErrnoException) => done(cause));
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : port));
    });
  });
}
