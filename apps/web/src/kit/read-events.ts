export interface ServerEvent {
  event: string;
  data: string;
}

/** An event that never ends is an attack or a fault, not an answer: 8 MiB of text. */
const EVENT_LIMIT = 8 * 1024 * 1024;

/**
 * Reads server-sent events from the body of a fetch. Lines may end in LF, CRLF or CR and may be cut anywhere, also
 * inside a character. What follows the last blank line is incomplete and dropped.
 * Throws RangeError when one event exceeds the limit; errors of the stream pass through.
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  limit = EVENT_LIMIT,
): AsyncGenerator<ServerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const lines = new LineSplitter();
  let event = '';
  let data: string[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      for (const line of lines.push(decoder.decode(value, { stream: true }))) {
        if (line === '') {
          if (data.length > 0) yield { event: event || 'message', data: data.join('\n') };
          event = '';
          data = [];
          size = 0;
          continue;
        }
        size += line.length;
        if (size > limit) throw new RangeError('event too large');
        const { field, content } = parseLine(line);
        if (field === 'event') event = content;
        else if (field === 'data') data.push(content);
      }
      if (size + lines.pending > limit) throw new RangeError('event too large');
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function parseLine(line: string): { field: string; content: string } {
  const colon = line.indexOf(':');
  if (colon === -1) return { field: line, content: '' };
  const content = line.slice(colon + 1);
  return { field: line.slice(0, colon), content: content.startsWith(' ') ? content.slice(1) : content };
}

class LineSplitter {
  private rest = '';
  /** A CR at the end of a chunk may be half of a CRLF. */
  private afterReturn = false;

  get pending(): number {
    return this.rest.length;
  }

  push(chunk: string): string[] {
    if (chunk === '') return [];
    let text = chunk;
    if (this.afterReturn && text.startsWith('\n')) text = text.slice(1);
    this.afterReturn = chunk.endsWith('\r');
    const lines = (this.rest + text).split(/\r\n|\n|\r/);
    this.rest = lines.pop() ?? '';
    return lines;
  }
}
