/** A line that never ends must not fill the memory. */
const LINE_MAX = 1024 * 1024;

/** The `data:` payloads of server-sent events, piece by piece; true once `[DONE]` has come. */
export class ChunkReader {
  done = false;
  private pending = '';

  constructor(private readonly onData: (payload: string) => void) {}

  /** Throws when a line is longer than 1 MiB: no model server writes one. */
  take(piece: string): void {
    this.pending += piece;
    for (let end = this.pending.indexOf('\n'); end >= 0; end = this.pending.indexOf('\n')) {
      this.line(this.pending.slice(0, end));
      this.pending = this.pending.slice(end + 1);
    }
    if (this.pending.length > LINE_MAX) throw new Error('a line of the stream has no end');
  }

  private line(line: string): void {
    if (!line.startsWith('data:')) return;
    const payload = line.slice(5).trim();
    if (payload === '[DONE]') this.done = true;
    else if (payload !== '') this.onData(payload);
  }
}
