import http from 'node:http';
import https from 'node:https';

/** vLLM closes idle connections after five seconds; one that is about to be closed must not be used again. */
const IDLE_MS = 4_000;

/** Connections that are kept between requests, as many as there are requests at once. */
export class HttpClient {
  private readonly plain = new http.Agent({ keepAlive: true, timeout: IDLE_MS, scheduling: 'lifo' });
  private readonly secure = new https.Agent({ keepAlive: true, timeout: IDLE_MS, scheduling: 'lifo' });

  /** Throws a TypeError for an address that is none. */
  open(url: string, options: http.RequestOptions): http.ClientRequest {
    const address = new URL(url);
    return address.protocol === 'https:'
      ? https.request(address, { ...options, agent: this.secure })
      : http.request(address, { ...options, agent: this.plain });
  }

  /** Status and text of a small answer. */
  ask(
    url: string,
    options: { key?: string | undefined; body?: unknown; signal?: AbortSignal; timeoutMs: number },
  ): Promise<{ status: number; text: string }> {
    return new Promise((done, failed) => {
      const body = options.body === undefined ? undefined : JSON.stringify(options.body);
      const request = this.open(url, {
        method: body === undefined ? 'GET' : 'POST',
        headers: headersOf(options.key, body),
        ...(options.signal ? { signal: options.signal } : {}),
      });
      const timer = setTimeout(() => request.destroy(new Error('no answer in time')), options.timeoutMs);
      request.once('close', () => clearTimeout(timer));
      request.once('error', failed);
      request.once('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        response.once('error', failed).once('end', () => done({ status: response.statusCode ?? 0, text }));
      });
      request.end(body);
    });
  }

  close(): void {
    this.plain.destroy();
    this.secure.destroy();
  }
}

export function headersOf(key: string | undefined, body: string | undefined): Record<string, string> {
  return {
    accept: 'application/json, text/event-stream',
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    ...(body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
  };
}
