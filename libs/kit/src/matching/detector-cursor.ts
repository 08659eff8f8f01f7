/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in a loop where a check costs */
import type { DetectorKind, OnDetection } from './detector-kinds.js';
import * as regions from './detector-region.js';
import type { Region } from './detector-region.js';
import { DetectorText } from './detector-text.js';
import { CREDENTIAL, findDetected, PRIVATE_KEY, reasonsOf } from './find-detected.js';
import { endsKey, KEY_HEADER, LONGEST_LINE, mayEndLine } from './find-private-keys.js';
import { KEPT_UNITS, unitsOf } from './piece-units.js';
import * as reach from './detector-reach.js';
import { SecretTail } from './secret-tail.js';
import * as words from './trigger-words.js';

// Own constants are folded into the code; imported ones would be looked up at every use.
const { BLANK, CLASS_BITS, CLASS_SHIFT, DIGIT, FACTS, FIGURES, GRAPH, OTHERWISE, PLAIN, PLAIN_RUN } = regions;
const { TRAIT_BITS, TRAITS } = regions;
const { CLASSES, CURL, HEADER, NEXT, OUT, WIDTH } = words;
const { BEFORE_REST, CONTEXT, CURL_REACH, FIGURES_CONTEXT, LONGEST_REGION, PART_OVERLAP, REACH } = reach;
const { isFigures, isPlain, mayGoOn, plainRegion, reasonsIn, shortened, undecidedFigures } = regions;

const HYPHEN = 0x2d;

/**
 * Finds what `findDetected` finds, in a stream. Decides at ends of runs (of the text, never of a piece), so that how
 * the text was cut changes nothing. Holds the current run; more only behind words like `passphrase:` and in digits.
 * From the first line of a private key on it *swallows*: every call of `feed` or `finish` reports the same
 * kind and start again with an end that has grown to `position`, and `undecidedFrom()` is `position`.
 * Whoever unites spans needs nothing else; the mark belongs to the start, and `swallowing` says that it goes on.
 */
export class DetectorCursor {
  position = 0;
  /** What is being withheld until its end; nothing of it is kept. */
  swallowing: { readonly kind: DetectorKind; readonly start: number } | undefined;
  private readonly mask: number;
  private state = 0;
  private armed = 0;
  private armedUntil = -1;
  private curlUntil = -1;
  private headerUntil = -1;
  /** Where the last of these ends: from there on the fast loop may read. */
  private calmFrom = 0;
  private region: Region | undefined;
  private tail: SecretTail | undefined;
  /** The end that was reported last of what is being swallowed. */
  private grown = 0;
  private hyphens = 0;
  private halted = false;

  constructor(
    private readonly kinds: ReadonlySet<DetectorKind>,
    readonly text = new DetectorText(),
  ) {
    this.mask = reasonsOf(kinds);
  }

  /** The same once more, to be fed otherwise from here on. */
  copy(): DetectorCursor {
    const copy = new DetectorCursor(this.kinds, this.text.copy());
    const own = { near: copy.near, text: copy.text, region: this.region && { ...this.region } };
    return Object.assign<DetectorCursor, unknown>(copy, { ...this, ...own });
  }

  /** The beginning of a piece, as far as it is plain and can be read in one way alone; returns its length. The rest is to be fed. */
  skim(units: Uint16Array, length: number): number {
    return this.mask === 0 ? 0 : this.glide(units, 0, length, OTHERWISE);
  }

  /** What has been skimmed is kept, where nobody else does. */
  keep(piece: string): void {
    if (!this.text.isOwn) return;
    this.text.add(piece);
    this.forget();
  }

  /** @param from so much of the piece has been skimmed */
  feed(piece: string, report: OnDetection, from = 0): boolean {
    const { length } = piece;
    if (this.mask === 0) {
      this.position += length;
      return true;
    }
    this.text.add(piece);
    const whole = length > KEPT_UNITS ? unitsOf(piece) : undefined;
    for (let i = from; i < length && !this.halted; i++) {
      // Asked for again: detectors ask for those of their text.
      const units = whole ?? unitsOf(piece);
      i = this.glide(units, i, length, 0);
      if (i < length) this.read(units[i]!, report);
    }
    if (this.swallowing) this.grow(report);
    this.forget();
    return !this.halted;
  }

  finish(report: OnDetection): boolean {
    if (this.region) this.decide(this.position, report);
    this.grown = -1;
    this.grow(report);
    return !this.halted;
  }

  undecidedFrom(): number {
    return this.region ? this.region.start : this.position;
  }

  /** The fast loop: plain words that nothing is asked about, and what parts them; returns what needs `read`, or has facts in `ends`. */
  private glide(units: Uint16Array, from: number, end: number, ends: number): number {
    const { region, position } = this;
    if (this.swallowing || position < this.calmFrom || (region && !isPlain(region, position))) return from;
    const stop = end | 0;
    const offset = (position - from) | 0;
    let { state } = this;
    let start = region ? (region.start - offset) | 0 : -PLAIN_RUN;
    let isOpen = region !== undefined;
    let seen = region ? region.seen : 0;
    let i = from | 0;
    for (; i < stop; i++) {
      const unit = FACTS[units[i]!]!;
      const next = NEXT[(Math.imul(state, WIDTH) + ((unit >> CLASS_SHIFT) & CLASS_BITS)) | 0]!;
      if ((OUT[next]! | (unit & ends)) !== 0) break;
      const trait = unit & TRAIT_BITS;
      if ((trait & GRAPH) === 0) isOpen = false;
      else {
        if ((trait & PLAIN) === 0) break;
        if (!isOpen) {
          isOpen = true;
          start = i;
          seen = 0;
        } else if (i - start >= PLAIN_RUN) break;
        seen |= trait;
      }
      state = next;
    }
    if (i === from) return i;
    this.state = state;
    this.position = i + offset;
    this.hyphens = 0; // They count behind a header alone.
    if (!isOpen) this.region = undefined;
    else if (region && region.start === start + offset) {
      region.seen = seen;
      region.last = units[i - 1]!;
      region.limit = FIGURES;
    } else this.region = plainRegion(start + offset, seen, units[i - 1]!);
    return i;
  }

  private read(unit: number, report: OnDetection): void {
    this.hyphens = unit === HYPHEN ? this.hyphens + 1 : 0;
    if (this.swallowing) {
      this.position++;
      this.swallow(unit, report);
      return;
    }
    const trait = TRAITS[unit]!;
    if (this.region) this.extend(this.region, unit, trait, report);
    if (!this.region && (trait & GRAPH) !== 0) this.open();
    this.position++;
    this.state = NEXT[this.state * WIDTH + CLASSES[unit]!]!;
    const reasons = OUT[this.state]!;
    if (reasons !== 0) this.arm(reasons);
    const { region } = this;
    if (!region) return;
    region.seen |= trait;
    region.last = unit;
    if ((trait & DIGIT) !== 0) region.digits++;
    if (this.position <= this.headerUntil && mayEndLine(unit, this.hyphens)) this.enterKey(region, report);
    if (this.region && this.position - region.start >= region.limit) this.outgrow(region, report);
  }

  private open(): void {
    this.region = plainRegion(this.position, 0, 0);
    this.region.reasons = this.position < this.armedUntil ? this.armed : 0;
    this.region.curl = this.position < this.curlUntil;
  }

  private arm(reasons: number): void {
    if ((reasons & CURL) !== 0) {
      this.curlUntil = this.position + CURL_REACH;
      if (this.region) this.region.curl = true;
    }
    if ((reasons & HEADER) !== 0 && (this.mask & PRIVATE_KEY) !== 0)
      this.headerUntil = this.position + LONGEST_LINE;
    this.armed = (this.position < this.armedUntil ? this.armed : 0) | (reasons & this.mask);
    this.armedUntil = this.position + REACH;
    if (this.region) this.region.reasons |= reasons & this.mask;
    this.calmFrom = Math.max(this.armedUntil, this.curlUntil, this.headerUntil + 1);
  }

  /** Goes on with the region, or decides about it, before `unit`. */
  private extend(region: Region, unit: number, trait: number, report: OnDetection): void {
    if ((trait & GRAPH) !== 0 && region.blanks === 0) return;
    const header = this.position <= this.headerUntil;
    if (mayGoOn(region, unit, trait, header, this.near, this.position)) {
      region.blanks = (trait & BLANK) !== 0 ? region.blanks + 1 : 0;
      return;
    }
    this.decide(this.position + 1, report);
  }

  /** Asks the detectors about the region; `until`: what they may see. */
  private decide(until: number, report: OnDetection, context = CONTEXT): void {
    const { region } = this;
    if (!region) return;
    this.region = undefined;
    const { start } = region;
    const reasons = (reasonsIn(region, this.position - start) | (region.curl ? CREDENTIAL : 0)) & this.mask;
    if (reasons === 0) return;
    const from = Math.max(this.text.start, start - (region.curl ? CONTEXT + CURL_REACH : context));
    for (const found of findDetected(this.text.slice(from, until), this.kinds, reasons, start - from)) {
      const end = Math.min(from + found.end, this.position);
      if (end <= start || this.halted) continue;
      if (report(found.kind, Math.max(start, from + found.start), end)) this.halted = true;
    }
  }

  private outgrow(region: Region, report: OnDetection): void {
    if (isFigures(region)) this.slide(region, report);
    else if (this.position - region.start >= LONGEST_REGION) this.cut(region, report);
    else region.limit = LONGEST_REGION;
  }

  /** Rows of numbers: all that begins before the longest number that may still be going on is decided. */
  private slide(region: Region, report: OnDetection): void {
    const border = Math.max(region.start, undecidedFigures(region, this.position, this.near));
    let rest = border;
    const take: OnDetection = (kind, from, end) => {
      if (from >= border) return false;
      rest = Math.max(rest, end);
      return report(kind, from, end);
    };
    if (border > region.start) this.decide(this.position, take, FIGURES_CONTEXT);
    if (!this.halted) this.region = shortened(region, rest, this.text.slice(rest, this.position));
  }

  /**
   * A run longer than what is held: its first part is decided, and withheld to its end where it is secret up to here.
   * What begins in the rest may go on, so the rest is decided with what follows.
   */
  private cut(region: Region, report: OnDetection): void {
    const border = this.position - PART_OVERLAP;
    let rest = border;
    this.decide(this.position, (kind, from, end) => {
      if (from >= border) return false;
      rest = Math.max(rest, end);
      if (end >= this.position) {
        this.swallowing ??= { kind, start: from };
        this.tail = new SecretTail(kind, this.text.slice(from, end), this.tail);
      }
      return report(kind, from, end);
    });
    if (!this.swallowing && !this.halted) this.region = { ...region, start: rest };
  }

  private enterKey(region: Region, report: OnDetection): void {
    const header = KEY_HEADER.exec(this.text.slice(this.position - LONGEST_LINE, this.position));
    if (!header) return;
    const start = this.position - header[0].length;
    this.decide(this.position, (kind, from, end) =>
      kind === 'secret.private-key' ? false : report(kind, from, end),
    );
    this.region = undefined;
    this.swallowing = { kind: 'secret.private-key', start: Math.max(start, region.start) };
    this.tail = undefined;
    this.headerUntil = -1;
    this.calmFrom = Math.max(this.armedUntil, this.curlUntil, 0);
    this.hyphens = 0;
    this.grown = 0;
    this.grow(report);
  }

  private swallow(unit: number, report: OnDetection): void {
    const { swallowing, tail } = this;
    if (!swallowing) return;
    if (tail ? tail.has(unit) : !endsKey(unit, this.hyphens, this.near)) return;
    // The unit after a secret without a footer is none of it.
    const end = tail ? this.position - 1 : this.position;
    this.swallowing = this.tail = undefined;
    this.state = this.armed = 0;
    this.text.restart(end, BEFORE_REST);
    if (report(swallowing.kind, swallowing.start, end)) this.halted = true;
    else if (tail) {
      this.position--;
      this.read(unit, report);
    }
  }

  private grow(report: OnDetection): void {
    if (!this.swallowing || this.halted || this.grown === this.position) return;
    const { kind, start } = this.swallowing;
    this.grown = this.position;
    if (report(kind, start, this.position)) this.halted = true;
  }

  private readonly near = (length: number): string => this.text.slice(this.position - length, this.position);

  private forget(): void {
    if (this.swallowing) this.text.detach(this.text.end); // Nobody else keeps it.
    const keep = this.swallowing ? this.position - LONGEST_LINE : this.undecidedFrom() - CONTEXT - CURL_REACH;
    if (this.swallowing || keep - this.text.start >= LONGEST_REGION) this.text.dropBefore(keep);
  }
}
