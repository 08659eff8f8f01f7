import http from 'node:http';
import { resolve, join } from 'node:path';
import { hostSocket, type HostStatus } from '@lorekeep/engine';
import type { CommandContext } from '../command-context.js';

/** Loopback without TLS; what takes longer has hung. */
const ANSWER_MS = 5_000;

/** The engine host of this machine's data folder, through the socket that only its user may open. */
export interface EngineDoor {
  readonly dataDir: string;
  /** Nothing when no host runs. */
  status(): Promise<HostStatus | undefined>;
  /** Status and body; throws when no host runs. */
  post(path: string, body?: unknown, withinMs?: number): Promise<{ status: number; body: unknown }>;
  /** Reads the log line by line until the host, or the signal, ends it. */
  logs(follow: boolean, onLine: (line: string) => void, signal: AbortSignal): Promise<void>;
}

/** ENGINE_DATA_DIR, or the folder `engine` in DATA_DIR. */
export function engineDoor(context: CommandContext): EngineDoor {
  const given = context.environment['ENGINE_DATA_DIR'];
  const dataDir = given ? resolve(given) : join(context.settings().dataDir, 'engine');
  const socketPath = hostSocket(dataDir);
  return {
    dataDir,
    async status() {
      try {
        return (await call(socketPath, 'GET', '/engine/status')).body as HostStatus;
      } catch {
        return undefined;
      }
    },
    post: (path, body, withinMs) => call(socketPath, 'POST', path, body, withinMs),
    logs: (follow, onLine, signal) =>
      read(socketPath, `/engine/logs${follow ? '?follow=1' : ''}`, onLine, signal),
  };
}

function call(
  socketPath: string,
  method: string,
  path: string,
  body?: unknown,
  withinMs = ANSWER_MS,
): Promise<{ status: number; body: unknown }> {
  return new Promise((done, failed) => {
    const request = http.request({ socketPath, method, path, timeout: withinMs }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.once('error', failed).once('end', () => {
        try {
          done({ status: response.statusCode ?? 0, body: JSON.parse(text) as unknown });
        } catch (error) {
          failed(error as Error);
        }
      });
    });
    request.once('timeout', () => request.destroy(new Error('the engine host does not answer')));
    request.once('error', failed);
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function read(
  socketPath: string,
  path: string,
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((done, failed) => {
    const request = http.request({ socketPath, path, signal }, (response) => {
      let pending = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        const lines = (pending + piece).split('\n');
        pending = lines.pop() ?? '';
        lines.forEach(onLine);
      });
      response.once('close', () => done());
      response.on('error', () => done());
    });
    request.once('error', (error) => (signal.aborted ? done() : failed(error)));
    request.end();
  });
}

export function unknownModel(id: string): string {
  return `The engine host runs no ${id}: lorekeep engine status names its models.`;
}
