import type { CompiledUnit } from './scan-table.js';

/** What is kept of one unit: tenants that share it and have decided alike share what is derived. */
const KEPT = 64;

/** What is derived from units and kept with them, by a key: once, however many ask for it. */
export class Derived<Value> {
  private readonly known = new WeakMap<CompiledUnit, Map<string, Value>>();
  private readonly making = new WeakMap<CompiledUnit, Map<string, Promise<Value>>>();

  get(unit: CompiledUnit, key: string): Value | undefined {
    return this.known.get(unit)?.get(key);
  }

  /** Derived now where it is not. */
  of(unit: CompiledUnit, key: string, derive: () => Value): Value {
    const found = this.get(unit, key);
    return found === undefined ? this.keep(unit, key, derive()) : found;
  }

  /** The same, derived elsewhere; a failure is not kept. */
  async make(unit: CompiledUnit, key: string, derive: () => Promise<Value>): Promise<Value> {
    const found = this.get(unit, key);
    if (found !== undefined) return found;
    const making = this.making.get(unit) ?? new Map<string, Promise<Value>>();
    this.making.set(unit, making);
    const running = making.get(key);
    if (running) return running;
    const run = derive()
      .then((value) => this.keep(unit, key, value))
      .finally(() => making.delete(key));
    making.set(key, run);
    return run;
  }

  private keep(unit: CompiledUnit, key: string, value: Value): Value {
    const known = this.known.get(unit) ?? new Map<string, Value>();
    this.known.set(unit, known);
    for (const oldest of known.keys()) {
      if (known.size < KEPT) break;
      known.delete(oldest);
    }
    known.set(key, value);
    return value;
  }
}
