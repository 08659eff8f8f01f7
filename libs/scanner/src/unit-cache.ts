import { compileUnit, type UnitSource } from './compile-unit.js';
import type { CompiledUnit } from './scan-table.js';

/** Units kept compiled in a process, by least recent use … */
export const UNIT_LIMIT = 1_024;
/** … and their entries: about 100 bytes each. */
export const CACHED_ENTRIES_LIMIT = 4_000_000;

/** Compiled units by id, each compiled once however many ask for it. Tables keep those that they are made of. */
export class UnitCache {
  /** Least recently used first. */
  private readonly units = new Map<string, CompiledUnit>();
  private readonly building = new Map<string, Promise<CompiledUnit>>();
  private entries = 0;

  constructor(
    private readonly compile: (source: UnitSource) => Promise<CompiledUnit> = (source) => compileUnit(source),
    private readonly limits = { units: UNIT_LIMIT, entries: CACHED_ENTRIES_LIMIT },
  ) {}

  /** The unit, if it is compiled. */
  get(id: string): CompiledUnit | undefined {
    const unit = this.units.get(id);
    if (unit) {
      this.units.delete(id);
      this.units.set(id, unit);
    }
    return unit;
  }

  /** The unit, compiled now where it is not; a failure is not kept. */
  build(id: string, source: () => Promise<UnitSource>): Promise<CompiledUnit> {
    const known = this.get(id);
    if (known) return Promise.resolve(known);
    const running = this.building.get(id);
    if (running) return running;
    const build = this.make(id, source);
    this.building.set(id, build);
    const done = () => this.building.delete(id);
    build.then(done, done);
    return build;
  }

  private async make(id: string, source: () => Promise<UnitSource>): Promise<CompiledUnit> {
    const unit = await this.compile(await source());
    this.units.set(id, unit);
    this.entries += unit.matcher.entries.length;
    for (const [oldest, { matcher }] of this.units) {
      if (this.units.size <= this.limits.units && this.entries <= this.limits.entries) break;
      if (oldest === id) break;
      this.units.delete(oldest);
      this.entries -= matcher.entries.length;
    }
    return unit;
  }
}
