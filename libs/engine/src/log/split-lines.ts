/** More without a line's end is cut: nothing that vLLM says and we read is as long. */
const PENDING_MAX = 64 * 1024;

/** Cuts a stream of output into lines at \n and \r (progress bars rewrite their line with \r). */
export class LineSplitter {
  private pending = '';

  /** The lines that this piece completes. */
  push(piece: string): string[] {
    const lines = (this.pending + piece).split(/\r\n|\n|\r/);
    this.pending = (lines.pop() ?? '').slice(0, PENDING_MAX);
    return lines.filter((line) => line.trim() !== '');
  }

  /** What is left when the stream has ended. */
  end(): string[] {
    const rest = this.pending;
    this.pending = '';
    return rest.trim() === '' ? [] : [rest];
  }
}
