import type { DetectorKind } from './detector-kinds.js';
import { isAlphanumeric } from './finding.js';

const HYPHEN = 0x2d;
const UNDERSCORE = 0x5f;
const DOT = 0x2e;
/** A JWT has three parts. */
const DOTS = 2;

/** How a secret goes on whose beginning is certain: as its detector reads it in a whole text, or as another one does. */
export class SecretTail {
  private dots = 0;
  private over = false;

  constructor(
    private readonly kind: DetectorKind,
    beginning: string,
    private readonly other?: SecretTail,
  ) {
    if (kind === 'secret.token')
      this.dots = beginning.startsWith('eyJ') ? DOTS - (beginning.split('.').length - 1) : 0;
  }

  /** Whether the next unit belongs to it, or to the other. */
  has(unit: number): boolean {
    this.over ||= !this.goesOn(unit);
    const other = this.other?.has(unit) ?? false;
    return other || !this.over;
  }

  private goesOn(unit: number): boolean {
    switch (this.kind) {
      case 'secret.token':
        if (unit === DOT) return this.dots-- > 0;
        return isAlphanumeric(unit) || unit === HYPHEN || unit === UNDERSCORE;
      case 'secret.authorization':
        return isAlphanumeric(unit) || isOneOf('._~+/=:@-', unit);
      case 'secret.password':
      case 'secret.key':
        return unit > 0x20 && unit < 0x7f && !isOneOf('"\'`,;<>()', unit);
      default:
        return unit > 0x20 && unit < 0x7f;
    }
  }
}

function isOneOf(units: string, unit: number): boolean {
  return units.includes(String.fromCharCode(unit));
}
