import type { PathEvent } from '../question.js';
import { OpenAddress } from './open-address.js';
import type { TypedSecrets } from './typed-secrets.js';

type TextEvent = Extract<PathEvent, { kind: 'text' }>;

/**
 * After the scanner: puts what the caller typed back in the place of its placeholders, for the caller alone. The
 * text of an event stays as it was; what the caller sees of it instead is beside it as `given`. Both are cut at the
 * same points: held back is only what could still become a placeholder of this very question.
 */
export class GiveBack {
  private readonly choices = new Map<number, StandIns>();

  /** Null: nothing is given back. */
  constructor(private readonly secrets: TypedSecrets | null) {}

  /** Where nothing is given back, the events themselves. */
  pass(events: PathEvent[]): PathEvent[] {
    const { secrets } = this;
    if (secrets === null) return events;
    return events.flatMap((event) => {
      if (event.kind === 'withheld' && event.action === 'stop') return [...this.end(event.choice), event];
      if (event.kind !== 'text' || event.channel !== 'content') return [event];
      let standIns = this.choices.get(event.choice);
      if (!standIns) this.choices.set(event.choice, (standIns = new StandIns(secrets)));
      return eventOf(event, standIns.push(event.text));
    });
  }

  /** What is still held back, at the end of one choice. */
  end(choice: number): PathEvent[] {
    const rest = this.choices.get(choice)?.end();
    return rest ? eventOf({ kind: 'text', choice, channel: 'content', text: '' }, rest) : [];
  }
}

interface Piece {
  readonly text: string;
  readonly given: string;
}

function eventOf(event: TextEvent, { text, given }: Piece): TextEvent[] {
  if (text === '') return [];
  return [{ ...event, text, ...(given === text ? {} : { given }) }];
}

/** One text with placeholders, read in pieces; linear in its length whatever it holds. */
class StandIns {
  private held = '';
  private readonly address = new OpenAddress();
  private readonly beginnings: ReadonlySet<string>;
  private readonly longest: number;

  constructor(private readonly secrets: TypedSecrets) {
    const placeholders = [...secrets.originals.keys()];
    this.beginnings = new Set(placeholders.flatMap(beginningsOf));
    this.longest = Math.max(...placeholders.map(({ length }) => length));
  }

  push(chunk: string): Piece {
    this.held += chunk;
    return this.take(false);
  }

  end(): Piece {
    return this.take(true);
  }

  private take(complete: boolean): Piece {
    const whole = this.held;
    let [at, given] = [0, ''];
    while (at < whole.length) {
      const open = whole.indexOf('⟦', at);
      given += this.plain(whole.slice(at, open < 0 ? whole.length : open));
      at = open < 0 ? whole.length : open;
      if (open < 0) break;
      const ahead = whole.slice(at, at + this.longest);
      if (!complete && this.beginnings.has(ahead)) break;
      const placeholder = ahead.slice(0, ahead.indexOf('⟧') + 1);
      const original = this.secrets.originals.get(placeholder);
      const kept = original === undefined ? '⟦' : placeholder;
      const elsewhere = this.address.leadsElsewhere(kept, this.secrets.typed);
      this.address.take(kept);
      given += original === undefined || elsewhere ? kept : original;
      at += kept.length;
    }
    this.held = whole.slice(at);
    return { text: whole.slice(0, at), given };
  }

  private plain(text: string): string {
    this.address.take(text);
    return text;
  }
}

/** Everything that a placeholder may begin with, itself left out. */
function beginningsOf(placeholder: string): string[] {
  return Array.from({ length: placeholder.length - 1 }, (_, index) => placeholder.slice(0, index + 1));
}
