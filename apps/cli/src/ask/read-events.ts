import { askEvent, type AskEvent } from '@lorekeep/contracts';

/** An event whose end never comes must not fill the memory. */
const EVENT_LENGTH_MAX = 1024 * 1024;

/** The events of `POST /api/ask`: `event: <kind>`, `data: <JSON without kind>`. Unknown kinds are passed over. */
export async function* readEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<AskEvent> {
  const decoder = new TextDecoder();
  let pending = '';
  for await (const chunk of body) {
    pending += decoder.decode(chunk, { stream: true });
    let end: number;
    while ((end = pending.indexOf('\n\n')) >= 0) {
      const event = parseEvent(pending.slice(0, end));
      pending = pending.slice(end + 2);
      if (event) yield event;
    }
    if (pending.length > EVENT_LENGTH_MAX) throw new Error('the gateway sent an event without end');
  }
}

function parseEvent(text: string): AskEvent | undefined {
  let kind = '';
  const data: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('event:')) kind = line.slice(6).trim();
    if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
  }
  if (data.length === 0) return undefined; // a comment that keeps the connection open
  const parsed = askEvent.safeParse({ kind, ...(JSON.parse(data.join('\n')) as object) });
  return parsed.success ? parsed.data : undefined;
}
