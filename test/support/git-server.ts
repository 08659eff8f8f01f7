import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Git itself, without the settings of whoever runs the tests. */
export async function git(folder: string, ...args: string[]): Promise<string> {
  const { stdout } = await run('git', args, {
    cwd: folder,
    env: {
      PATH: process.env['PATH'] ?? '',
      GIT_CONFIG_NOSYSTEM: '1',
      HOME: folder,
      GIT_AUTHOR_NAME: 'Test',
      GIT_AUTHOR_EMAIL: 'test@example.test',
      GIT_COMMITTER_NAME: 'Test',
      GIT_COMMITTER_EMAIL: 'test@example.test',
    },
  });
  return stdout.trim();
}

export interface GitServer {
  readonly address: string;
  /** Requests that reached it. */
  readonly requests: string[];
  /** What it does before it answers; a number is the status that it answers with instead. */
  before: (request: IncomingMessage, response: ServerResponse) => Promise<number | 'handled' | void>;
  close(): Promise<void>;
}

/** Git's own HTTP backend over the repositories of a folder. With `token`: for those who send it as a password. */
export async function startGitServer(folder: string, token?: string): Promise<GitServer> {
  const server = createServer((request, response) => void handle(request, response));
  const self: GitServer = {
    address: '',
    requests: [],
    before: () => Promise.resolve(),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    self.requests.push(`${request.method} ${request.url}`);
    const wanted = await self.before(request, response);
    if (wanted === 'handled') return;
    if (typeof wanted === 'number') {
      response.writeHead(wanted).end();
      return;
    }
    if (token !== undefined && passwordOf(request) !== token) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    backend(folder, request, response);
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return Object.assign(self, { address: `http://127.0.0.1:${port}` });
}

const passwordOf = (request: IncomingMessage): string =>
  Buffer.from((request.headers.authorization ?? '').replace('Basic ', ''), 'base64')
    .toString()
    .split(':')[1] ?? '';

function backend(folder: string, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://git');
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
      PATH_INFO: decodeURIComponent(url.pathname),
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  request.pipe(child.stdin);
  let head = Buffer.alloc(0);
  let begun = false;
  child.stdout.on('data', (part: Buffer) => {
    if (begun) return void response.write(part);
    head = Buffer.concat([head, part]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    begun = true;
    const fields = head.subarray(0, end).toString().split('\r\n');
    let status = 200;
    for (const field of fields) {
      const [name = '', ...rest] = field.split(': ');
      if (name === 'Status') status = Number(rest.join(': ').slice(0, 3));
      else response.setHeader(name, rest.join(': '));
    }
    response.writeHead(status);
    response.write(head.subarray(end + 4));
  });
  child.on('close', () => response.end());
}
