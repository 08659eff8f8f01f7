import type { UseCase } from '@lorekeep/contracts/vocabulary';
import type { BenchSettings } from './bench-options.js';
import type { Tried } from './find-highest.js';
import type { Figures, Goals } from './summarize.js';

/** One target at one level. `concurrency` and `rate` are null where there is no limit (JSON has no Infinity). */
export interface LevelReport {
  readonly target: string;
  readonly kind: 'direct' | 'through';
  readonly concurrency: number | null;
  readonly rate: number | null;
  readonly figures: Figures;
  /** Of the machine that served, while the level ran; null where it could not be read. */
  readonly load: LoadReport | null;
  /** Processor time of the measuring process while the level ran, in processors: near 1 its own times are in doubt. */
  readonly clientBusy: number;
}

/** Most seen while a level ran. Bytes. */
export interface LoadReport {
  readonly cardsUsed: number | null;
  readonly kvCacheShare: number | null;
  readonly running: number | null;
  readonly waiting: number | null;
}

/** What Lorekeep adds at one level: medians of `through` against those of `direct`. */
export interface ShareReport {
  readonly direct: string;
  readonly through: string;
  readonly concurrency: number | null;
  readonly rate: number | null;
  /** What the first two figures compare: reasoning that a gateway keeps to itself is no first token of its. */
  readonly basis: 'first token' | 'first text';
  readonly ttftRatio: number;
  readonly addedTtftMs: number;
  readonly e2elRatio: number;
  /** Part of the time of a 100-token answer through Lorekeep that is ours: 1 − direct / through. */
  readonly shareOf100: number;
}

export interface TaskReport {
  readonly id: string;
  readonly kind: 'code' | 'mathematics' | 'writing';
  /** What passes, in words. */
  readonly passes: string;
  readonly passed: boolean;
  readonly reason: string;
}

/** One concurrency that was tried. Null where nothing was answered. Milliseconds, tokens a second. */
export interface SweepStep extends Tried {
  readonly firstTokenP95: number | null;
  readonly tpotP95: number | null;
  readonly e2elP95: number | null;
  readonly outputThroughput: number;
}

/** Routes by these figures. */
export interface RoutesReport {
  /** For INFERENCE_ROUTES; empty where every default stands. */
  readonly value: string;
  readonly useCases: readonly {
    readonly useCase: UseCase;
    /** Best first. */
    readonly models: readonly string[];
    /** Its default stands, and `value` does not name it. */
    readonly isDefault: boolean;
    readonly reason: string;
  }[];
}

export interface SweepReport {
  readonly target: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly goals: Goals;
  readonly highestStable: number;
  /** Whether more than this was not tried, because of the limit or an interrupt. */
  readonly atLimit: boolean;
  readonly tried: readonly SweepStep[];
}

export interface ModelReport {
  readonly model: string;
  readonly promptTokens: 'counted' | 'estimated';
  levels: LevelReport[];
  shares: ShareReport[];
  /** Bytes before the first request: the model's own where an engine host knows them, else `cardsAtRest`. */
  memoryAtRest: number | null;
  /** Bytes in use on all cards of this machine before the first request, by nvidia-smi, whoever uses them. */
  cardsAtRest: number | null;
  coldStartSeconds: number | null;
  /** Why it is not known. */
  coldStartMissing: string | null;
  /** Labels of addresses whose engine fails past the end of an answer: answers end by themselves there. */
  ownEnds: string[];
  /** What did not answer, and what was left out for that. */
  remarks: string[];
  sweep: SweepReport | null;
  tasks: TaskReport[];
}

export interface BenchReport {
  readonly version: 1;
  readonly startedAt: string;
  readonly settings: Omit<BenchSettings, 'targets' | 'levels'> & {
    readonly targets: readonly { label: string; url: string; kind: string }[];
  };
  readonly client: { readonly node: string; readonly processors: number };
  models: ModelReport[];
  /** Null where fewer than two models answered, or not all was measured. */
  routes: RoutesReport | null;
  notes: string[];
  interrupted: boolean;
}
