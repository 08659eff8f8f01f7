import { Fault } from '@lorekeep/kit/errors';

export type ScannerCode =
  /** The words could not be loaded in time, or not at all, or a scan contradicts itself: the answer is stopped. */
  | 'SCANNER_UNAVAILABLE'
  /** The words that were loaded cannot be honoured in full: the answer is stopped. */
  | 'SCANNER_WORDS_INVALID'
  /** The scanner was used against its contract. */
  | 'SCANNER_MISUSED';

/** Why an answer could not be scanned. It is then not shown. */
export class ScannerFault extends Fault<ScannerCode> {
  constructor(code: ScannerCode, cause?: unknown) {
    super(code, TEXTS[code], { cause, status: code === 'SCANNER_UNAVAILABLE' ? 503 : 500, step: 'scanner' });
    this.name = 'ScannerFault';
  }
}

const TEXTS: Record<ScannerCode, string> = {
  SCANNER_UNAVAILABLE: 'The answer could not be checked and was not shown. Try again in a moment.',
  SCANNER_WORDS_INVALID: 'The answer could not be checked and was not shown. Ask an administrator.',
  SCANNER_MISUSED: 'The answer could not be checked and was not shown.',
};
