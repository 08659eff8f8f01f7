import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface StallProxy {
  /** `target`, by way of the proxy. */
  readonly url: string;
  /** From now on nothing passes in either direction: a server that hangs. */
  stall(): void;
  /** What waited passes, and so does everything after it. */
  resume(): void;
  /** Ends every connection at once: a server that goes away. */
  cut(): void;
  close(): Promise<void>;
}

/** A TCP proxy in front of the server of `target` (a URL with host and port), for specs of hanging dependencies. */
export async function startStallProxy(target: string): Promise<StallProxy> {
  const url = new URL(target);
  const upstream = { host: url.hostname, port: Number(url.port) };
  const sockets = new Set<Socket>();
  let stalled = false;

  const server = createServer((near) => {
    const far = connect(upstream);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.on('data', (chunk) => to.write(chunk));
      if (stalled) from.pause();
    }
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);

  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    stall: () => {
      stalled = true;
      for (const socket of sockets) socket.pause();
    },
    resume: () => {
      stalled = false;
      for (const socket of sockets) socket.resume();
    },
    cut,
    close: async () => {
      const closed = new Promise((done) => server.close(done));
      cut();
      await closed;
    },
  };
}
