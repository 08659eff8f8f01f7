import { readEvents, type Asked } from './client.js';

/** An answer that is read while it comes. */
export interface ReadAlong {
  /** Once its first text is here, or it has ended. */
  readonly begun: Promise<void>;
  /** Its events so far. */
  seen(): Asked['events'];
  /** All of them, once it has ended; rejects where the connection breaks. */
  readonly whole: Promise<Asked['events']>;
}

export function readAlong(asked: Promise<Response>): ReadAlong {
  let text = '';
  let tell = (): void => undefined;
  const begun = new Promise<void>((done) => (tell = done));
  const read = async (): Promise<Asked['events']> => {
    const decoder = new TextDecoder();
    try {
      for await (const piece of (await asked).body ?? []) {
        text += decoder.decode(piece as Uint8Array, { stream: true });
        if (text.includes('event: text\n')) tell();
      }
    } finally {
      tell();
    }
    return readEvents(text);
  };
  const seen = () => readEvents(text.slice(0, text.lastIndexOf('\n\n') + 2));
  return { begun, seen, whole: read() };
}
