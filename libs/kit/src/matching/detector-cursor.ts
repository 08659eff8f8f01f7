/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in a loop where a check costs */
import type { DetectorKind } from './detector-kinds.js';
import { BLANK, DIGIT, GRAPH, mayGoOn, reasonsIn, TRAITS, type Region } from './detector-region.js';
import { CREDENTIAL, findDetected, PRIVATE_KEY, reasonsOf } from './find-detected.js';
import { CLASSES, CURL, HEADER, NEXT, OUT, WIDTH } from './trigger-words.js';

/** Told of a finding once it is certain; offsets from the beginning of the stream. True: read no further. */
export type OnDetection = (kind: DetectorKind, start: number, end: number) => boolean;

/** Reads one stream in pieces, and says how far nothing can be found any more. */
export interface SpanReader<Report> {
  readonly position: number;
  /** False when `report` stopped it. */
  feed(piece: string, report: Report): boolean;
  finish(report: Report): boolean;
  undecidedFrom(): number;
}

/** How far behind a keyword its value may begin. */
const REACH = 40;
/** Text before a region that decides about it; behind `curl`, more. */
const CONTEXT = 240;
const CURL_REACH = 700;
/** Longest text that is held; longer runs are decided in parts, and a secret that goes on is swallowed. */
export const LONGEST_REGION = 4096;
/** The end of a part that is decided with the next one: what is no longer than this is never cut in two. */
const PART_OVERLAP = 2048;
/** Longest first or last line of a key. */
const LONGEST_LINE = 100;
const KEY_HEADER = /-----BEGIN (?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)?-----$/;
const KEY_FOOTER = /-----END (?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)?-----$/;
const HYPHEN = 0x2d;

/**
 * Finds what `findDetected` finds, in a stream. Decides at ends of runs (of the text, never of a piece), so
 * that how the text was cut changes nothing. Holds the current run; more only behind words like
 * `passphrase:` and within groups of digits.
 *
 * From the first line of a private key on it *swallows*: every call of `feed` or `finish` reports the same
 * kind and start again with an end that has grown to `position`, and `undecidedFrom()` is `position`.
 * Whoever unites spans needs nothing else; the mark belongs to the start, and `swallowing` says that it goes on.
 */
export class DetectorCursor implements SpanReader<OnDetection> {
  position = 0;
  /** What is being withheld until its end; nothing of it is kept. */
  swallowing: { readonly kind: DetectorKind; readonly start: number } | undefined;
  private readonly mask: number;
  /** The text from `base` on: context and region. */
  private text = '';
  private base = 0;
  private state = 0;
  private armed = 0;
  private armedUntil = -1;
  private curlUntil = -1;
  private headerUntil = -1;
  private region: Region | undefined;
  private hyphens = 0;
  private halted = false;

  constructor(private readonly kinds: ReadonlySet<DetectorKind>) {
    this.mask = reasonsOf(kinds);
  }

  feed(piece: string, report: OnDetection): boolean {
    if (this.mask === 0) {
      this.position += piece.length;
      return true;
    }
    this.text += piece;
    for (let i = 0; i < piece.length && !this.halted; i++) this.read(piece.charCodeAt(i), report);
    this.grow(report);
    this.forget();
    return !this.halted;
  }

  finish(report: OnDetection): boolean {
    if (this.region) this.decide(this.position, report);
    this.grow(report);
    return !this.halted;
  }

  undecidedFrom(): number {
    return this.region ? this.region.start : this.position;
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
    if ((trait & DIGIT) !== 0) region.digits++;
    region.last = unit;
    if (this.hyphens >= 5 && this.position <= this.headerUntil) this.enterKey(region, report);
    if (this.region && this.position - region.start >= LONGEST_REGION) this.cut(region, report);
  }

  private open(): void {
    const live = this.position < this.armedUntil;
    this.region = {
      start: this.position,
      seen: 0,
      digits: 0,
      blanks: 0,
      last: 0,
      reasons: live ? this.armed : 0,
      curl: this.position < this.curlUntil,
    };
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
  }

  /** Goes on with the region, or decides about it, before `unit`. */
  private extend(region: Region, unit: number, trait: number, report: OnDetection): void {
    if ((trait & GRAPH) !== 0 && region.blanks === 0) return;
    const header = this.position <= this.headerUntil;
    const near = (length: number): string => this.slice(this.position - length, this.position);
    if (mayGoOn(region, unit, trait, header, near, this.position)) {
      region.blanks = (trait & BLANK) !== 0 ? region.blanks + 1 : 0;
      return;
    }
    this.decide(this.position + 1, report);
  }

  /** Asks the detectors about the region; `until`: what they may see. */
  private decide(until: number, report: OnDetection): void {
    const { region } = this;
    if (!region) return;
    this.region = undefined;
    const { start } = region;
    const reasons = (reasonsIn(region, this.position - start) | (region.curl ? CREDENTIAL : 0)) & this.mask;
    if (reasons === 0) return;
    const from = Math.max(this.base, start - (region.curl ? CONTEXT + CURL_REACH : CONTEXT));
    for (const found of findDetected(this.slice(from, until), this.kinds, reasons)) {
      const end = Math.min(from + found.end, this.position);
      if (end <= start || this.halted) continue;
      if (report(found.kind, Math.max(start, from + found.start), end)) this.halted = true;
    }
  }

  /**
   * A run longer than what is held: its first part is decided, and withheld to the end of the run where it is secret
   * up to here. What begins in the rest may go on, so the rest is decided with what follows.
   */
  private cut(region: Region, report: OnDetection): void {
    const border = this.position - PART_OVERLAP;
    let rest = border;
    this.decide(this.position, (kind, from, end) => {
      if (from >= border) return false;
      rest = Math.max(rest, end);
      if (end >= this.position - 1) this.swallowing ??= { kind, start: from };
      return report(kind, from, end);
    });
    if (!this.swallowing && !this.halted) this.region = { ...region, start: rest };
  }

  private enterKey(region: Region, report: OnDetection): void {
    const header = KEY_HEADER.exec(this.slice(this.position - LONGEST_LINE, this.position));
    if (!header) return;
    const start = this.position - header[0].length;
    this.decide(this.position, (kind, from, end) =>
      kind === 'secret.private-key' ? false : report(kind, from, end),
    );
    this.region = undefined;
    this.swallowing = { kind: 'secret.private-key', start: Math.max(start, region.start) };
    this.headerUntil = -1;
    this.hyphens = 0;
  }

  private swallow(unit: number, report: OnDetection): void {
    const { swallowing } = this;
    if (!swallowing) return;
    const key = swallowing.kind === 'secret.private-key';
    if (key) {
      if (this.hyphens < 5 || !KEY_FOOTER.test(this.slice(this.position - LONGEST_LINE, this.position)))
        return;
    } else if ((TRAITS[unit]! & GRAPH) !== 0) return;
    this.swallowing = undefined;
    this.state = 0;
    if (report(swallowing.kind, swallowing.start, key ? this.position : this.position - 1))
      this.halted = true;
  }

  private grow(report: OnDetection): void {
    if (!this.swallowing || this.halted) return;
    const { kind, start } = this.swallowing;
    if (report(kind, start, this.position)) this.halted = true;
  }

  private slice(from: number, to: number): string {
    return this.text.slice(Math.max(0, from - this.base), Math.max(0, to - this.base));
  }

  private forget(): void {
    const keep = this.undecidedFrom() - CONTEXT - CURL_REACH;
    if (keep - this.base < LONGEST_REGION && !this.swallowing) return;
    const from = this.swallowing ? Math.max(this.base, this.position - LONGEST_LINE) : keep;
    this.text = this.text.slice(from - this.base);
    this.base = from;
  }
}
