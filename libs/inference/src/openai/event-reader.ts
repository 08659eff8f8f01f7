import { StringDecoder } from 'node:string_decoder';

/** Longest line of an event; real ones have a few hundred characters. */
export const LINE_LIMIT = 1024 * 1024;

/** Reads the `data` of server-sent events from bytes cut anywhere. */
export class EventReader {
  private readonly decoder = new StringDecoder('utf8');
  private rest = '';
  private data: string | undefined;

  /** The events completed by these bytes. @throws RangeError for a line beyond LINE_LIMIT */
  push(bytes: Buffer): string[] {
    const text = this.rest + this.decoder.write(bytes);
    const events: string[] = [];
    let at = 0;
    for (;;) {
      const end = text.indexOf('\n', at);
      if (end < 0) break;
      this.line(text, at, end > at && text.charCodeAt(end - 1) === 0x0d ? end - 1 : end, events);
      at = end + 1;
    }
    this.rest = at === 0 ? text : text.slice(at);
    if (this.rest.length > LINE_LIMIT) throw new RangeError('event line too long');
    return events;
  }

  private line(text: string, start: number, end: number, events: string[]): void {
    if (start === end) {
      if (this.data !== undefined) events.push(this.data);
      this.data = undefined;
      return;
    }
    // Comments and the fields event, id and retry mean nothing here.
    if (!text.startsWith('data:', start)) return;
    const from = text.charCodeAt(start + 5) === 0x20 ? start + 6 : start + 5;
    const value = text.slice(from, Math.max(from, end));
    this.data = this.data === undefined ? value : `${this.data}\n${value}`;
    if (this.data.length > LINE_LIMIT) throw new RangeError('event too long');
  }
}
