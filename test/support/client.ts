/** A browser's view of the API: cookies kept, the page's header sent. */
export class Client {
  private cookie = '';

  constructor(readonly url: string) {}

  async signIn(email: string, password: string, tenant = 'main'): Promise<Record<string, unknown>> {
    const answer = await this.call('POST', '/api/session', { email, password, tenant });
    if (answer.status !== 200)
      throw new Error(`sign-in of ${email} answered ${answer.status}: ${answer.text}`);
    return answer.body as Record<string, unknown>;
  }

  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await this.raw(method, path, body, headers);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parse(text) };
  }

  async raw(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const isForm = body instanceof FormData;
    const sent = body === undefined || isForm || typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${this.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        'x-lorekeep-request': 'page',
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent as string | FormData }),
    });
    for (const line of response.headers.getSetCookie()) {
      const pair = line.split(';')[0] ?? '';
      this.cookie = pair.endsWith('=') ? '' : pair;
    }
    return response;
  }

  /** The same person's browser, sent to another gateway. */
  at(url: string): Client {
    const other = new Client(url);
    other.cookie = this.cookie;
    return other;
  }

  get sessionCookie(): string {
    return this.cookie;
  }

  /** Asks, and gathers the events of the stream. */
  async ask(question: string, more: Record<string, unknown> = {}, path = '/api/ask'): Promise<Asked> {
    const body = path === '/api/ask' ? { question, ...more } : { customerMessage: question, ...more };
    const response = await this.raw('POST', path, body);
    const text = await response.text();
    const events = response.headers.get('content-type')?.startsWith('text/event-stream')
      ? readEvents(text)
      : [];
    const content = events.filter((event) => event.kind === 'text').map((event) => String(event.text));
    return { status: response.status, raw: text, events, text: content.join('') };
  }

  async upload(
    collectionId: string,
    name: string,
    content: Uint8Array<ArrayBuffer> | string,
    type = 'text/markdown',
    folderId?: string,
  ): Promise<Answer> {
    const form = new FormData();
    form.append('collectionId', collectionId);
    if (folderId) form.append('folderId', folderId);
    form.append('file', new Blob([content], { type }), name);
    return this.call('POST', '/api/documents', form);
  }

  /** Waits until a document has left the pipeline. */
  async settled(documentId: string, milliseconds = 30_000): Promise<Record<string, unknown>> {
    const until = Date.now() + milliseconds;
    for (;;) {
      const { body } = await this.call('GET', `/api/documents/${documentId}`);
      const state = String((body as { state?: string }).state);
      if (['ready', 'refused', 'quarantined'].includes(state)) return body as Record<string, unknown>;
      if (Date.now() > until) throw new Error(`document still ${state} after ${milliseconds} ms`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** Parsed JSON, or null. */
  body: unknown;
}

export interface Asked {
  status: number;
  raw: string;
  events: ({ kind: string } & Record<string, unknown>)[];
  text: string;
}

export function readEvents(text: string): Asked['events'] {
  return text
    .split('\n\n')
    .filter((frame) => frame.startsWith('event: '))
    .map((frame) => {
      const [first = '', second = ''] = frame.split('\n');
      return {
        kind: first.slice('event: '.length),
        ...(JSON.parse(second.slice('data: '.length)) as object),
      };
    });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
