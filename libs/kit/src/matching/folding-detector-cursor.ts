/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds */
import { DetectorCursor } from './detector-cursor.js';
import type { DetectorKind, OnDetection } from './detector-kinds.js';
import type { DetectorText } from './detector-text.js';
import { isDigit } from './finding.js';
import { FoldedReading } from './folded-reading.js';
import { HIDDEN_LIMIT, isHidden, mayHide, NOTHING, readOn } from './hidden-units.js';
import { HiddenTags } from './hidden-tags.js';
import { unitsOf } from './piece-units.js';
import { mayPass, mayTagBegin, readsAsItStands } from './reads-as-it-stands.js';
import * as plain from './plain-units.js';
import { ToldOnce } from './told-once.js';

// Own constants are folded into the code; imported ones would be looked up at every use.
const { ESCAPE, FORM, FORMS, KINDS, MARK, PLAIN_UNITS, TAG, UNSEEN } = plain;
/** Units behind what was left out after which both readings are the same: the context that a decision has. */
const SAME_AGAIN = 256;
const BLANK = 0x20;

/**
 * Detectors over a text that is written otherwise: full-width letters and digits, blanks and hyphens that do not break,
 * and what is not seen between two digits. From where marks of Markdown, escapes or what is not seen stand in a word or
 * a number on, a second reading goes without them, unit by unit beside the first one, until it makes no difference any
 * more. Offsets are of the text as it is. For the rest see `DetectorCursor`.
 */
export class FoldingDetectorCursor {
  private main: FoldedReading;
  /** The text without what may be hidden in it. */
  private fork: FoldedReading | undefined;
  private readonly told = new ToldOnce();
  /** Marks and what is not seen, or an escape: what comes next tells how they are read. */
  private pending = '';
  private isEscape = false;
  private readonly tags = new HiddenTags();
  /** Not yet read. */
  private text = '';
  private last = 0;
  private halted = false;

  /** @param text of whoever feeds it, see DetectorText */
  constructor(
    private readonly kinds: ReadonlySet<DetectorKind>,
    text?: DetectorText,
  ) {
    this.main = new FoldedReading(kinds, new DetectorCursor(kinds, text));
  }

  get position(): number {
    return this.main.position + this.pending.length;
  }

  /** What is being withheld until its end; nothing of it is kept. */
  get swallowing(): DetectorCursor['swallowing'] {
    return this.main.swallowing;
  }

  get isSwallowing(): boolean {
    return this.main.isSwallowing;
  }

  /** @param units of the piece, from whoever has them; and how many there are */
  feed(piece: string, report: OnDetection, units = unitsOf(piece), length = piece.length): boolean {
    if (length === 0) return true;
    const { main } = this;
    let from = 0;
    if (this.pending === '' && !this.fork) {
      from = main.skim(units, length);
      if (from === length || readsAsItStands(units, from, length, this.last)) {
        this.last = units[length - 1]!;
        if (from === length) main.keep(piece);
        else {
          if (!main.feed(piece, report, from)) this.halted = true;
          main.forget();
        }
        return !this.halted;
      }
      if (from > 0) {
        main.keep(piece.slice(0, from));
        this.last = units[from - 1]!;
      }
    }
    main.detach();
    // Units of another text are asked for while this one is read.
    for (let i = from; i < length; i++) this.read(piece.charCodeAt(i), report);
    this.flush(report);
    this.main.forget();
    this.fork?.forget();
    return !this.halted;
  }

  finish(report: OnDetection): boolean {
    this.release(report);
    this.flush(report);
    const told = this.fork ? this.toldOnce(report) : report;
    this.halted = !this.main.finish(told) || this.halted;
    if (this.fork) this.halted = !this.fork.finish(told) || this.halted;
    this.fork = undefined;
    return !this.halted;
  }

  undecidedFrom(): number {
    const undecided = this.main.undecidedFrom();
    return this.fork ? Math.min(undecided, this.fork.undecidedFrom()) : undecided;
  }

  private read(raw: number, report: OnDetection): void {
    if (this.pending !== '') {
      if (this.isEscape) {
        if (this.unescape(raw, report)) return;
      } else if (this.tags.isOpen) {
        if (this.readTag(raw, report)) return;
      } else {
        if ((KINDS[raw] === MARK || KINDS[raw] === UNSEEN) && this.pending.length < HIDDEN_LIMIT) {
          this.pending += String.fromCharCode(raw);
          return;
        }
        this.leaveOut(PLAIN_UNITS.get(raw) ?? raw, report);
      }
    }
    if (KINDS[raw] === FORM && mayPass(raw, this.last)) this.pass(raw, report);
    else if (this.begins(raw, report)) this.pending = String.fromCharCode(raw);
    else this.put(PLAIN_UNITS.get(raw) ?? raw, report);
  }

  /** A unit that may be another one. */
  private pass(raw: number, report: OnDetection): void {
    this.flush(report);
    const unit = FORMS.get(raw) ?? raw;
    if (this.main.swallowing !== undefined) return this.put(raw, report);
    this.both(String.fromCharCode(raw), report, (fork, told) =>
      fork.feedFor(1, String.fromCharCode(unit), told),
    );
    this.last = unit;
  }

  /** Whether from this unit on it must be seen how the text goes on. */
  private begins(raw: number, report: OnDetection): boolean {
    const kind = KINDS[raw];
    if (kind !== MARK && kind !== UNSEEN && kind !== ESCAPE && kind !== TAG) return false;
    const isOpen = (): boolean => {
      this.flush(report);
      return this.main.isOpen || this.fork?.isOpen === true;
    };
    this.isEscape = kind === ESCAPE;
    if (kind === TAG) return this.beginsTag(raw, isOpen, report);
    if (!this.isEscape && !mayHide(this.last, kind === MARK, isOpen)) return false;
    this.flush(report);
    return this.main.swallowing === undefined;
  }

  private unescape(raw: number, report: OnDetection): boolean {
    const state = readOn(this.pending, raw, this.last);
    if (state === 'more') {
      this.pending += String.fromCharCode(raw);
      return true;
    }
    if (state === 'none') {
      this.release(report);
      return false;
    }
    const whole = this.pending + (state.takes ? String.fromCharCode(raw) : '');
    this.pending = '';
    if (state.unit === NOTHING) {
      this.bothWithout(whole, report);
      return state.takes;
    }
    const unit = String.fromCharCode(state.unit);
    this.both(whole, report, (fork, told) => fork.feedFor(whole.length, unit, told));
    this.last = state.unit;
    return state.takes;
  }

  /** What is pending, before `after`: text, or none of it. */
  private leaveOut(after: number, report: OnDetection): void {
    const { last: before, pending } = this;
    const between = isDigit(before) && isDigit(after);
    if (between && isUnseen(pending)) {
      this.flush(report);
      this.pending = '';
      this.main.leave(pending.length);
      this.fork?.leave(pending.length);
      return;
    }
    const isForked = this.fork !== undefined;
    // It began behind a blank because something was open there.
    if (!isHidden(pending, { before, after, isOpen: before === BLANK, isForked })) {
      this.release(report);
      return;
    }
    this.pending = '';
    this.bothWithout(pending, report);
  }

  private beginsTag(raw: number, isOpen: () => boolean, report: OnDetection): boolean {
    if (!this.fork && !mayTagBegin(this.last)) return false;
    if (this.last === BLANK && !isOpen()) return false;
    this.flush(report);
    if (this.main.swallowing !== undefined) return false;
    this.tags.begin(raw);
    return true;
  }

  /** One more unit of tags, or what stands behind them; true: it is one of them. */
  private readTag(raw: number, report: OnDetection): boolean {
    if (this.tags.read(raw)) {
      this.pending += String.fromCharCode(raw);
      return true;
    }
    const { last: before, pending } = this;
    const isForked = this.fork !== undefined;
    const surroundings = { before, after: PLAIN_UNITS.get(raw) ?? raw, isOpen: before === BLANK, isForked };
    // They part as marks of emphasis do.
    if (this.tags.end() && isHidden('**', surroundings)) {
      this.pending = '';
      this.bothWithout(pending, report);
    } else this.release(report);
    return false;
  }

  private bothWithout(text: string, report: OnDetection): void {
    this.both(text, report, (fork) => {
      fork.leave(text.length);
      return true;
    });
  }

  /** The text as it stands is read by one, and otherwise by the other. */
  private both(
    text: string,
    report: OnDetection,
    otherwise: (fork: FoldedReading, told: OnDetection) => boolean,
  ): void {
    this.flush(report);
    if (!this.fork) {
      this.told.clear();
      this.main.forget();
      this.fork = this.main.copy(this.kinds);
    }
    const told = this.toldOnce(report);
    const { fork } = this;
    this.halted = !this.main.feed(text, told) || this.halted;
    this.halted = !otherwise(fork, told) || this.halted;
    this.settle(report);
  }

  private release(report: OnDetection): void {
    const { pending } = this;
    this.tags.end();
    this.pending = '';
    for (let i = 0; i < pending.length; i++) this.put(pending.charCodeAt(i), report);
  }

  private put(unit: number, report: OnDetection): void {
    this.last = unit;
    const character = String.fromCharCode(unit);
    if (this.fork) this.both(character, report, (fork, told) => fork.feed(character, told));
    else this.text += character;
  }

  private flush(report: OnDetection): void {
    const { text } = this;
    if (text === '') return;
    this.text = '';
    this.halted = !this.main.feed(text, report) || this.halted;
  }

  /** Where one reading is enough: one swallows all that follows, or both have been the same for long. */
  private settle(report: OnDetection): void {
    const { fork, main } = this;
    if (!fork) return;
    if (main.swallowing) this.halted = !fork.finish(this.toldOnce(report)) || this.halted;
    else if (fork.swallowing) {
      this.halted = !main.finish(this.toldOnce(report)) || this.halted;
      this.main = fork;
    } else if (fork.sinceFold < SAME_AGAIN || fork.isOpen || main.isOpen) return;
    this.fork = undefined;
  }

  private toldOnce(report: OnDetection): OnDetection {
    return this.told.through(report, () => this.undecidedFrom());
  }
}

function isUnseen(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (KINDS[text.charCodeAt(i)] !== UNSEEN) return false;
  return true;
}
