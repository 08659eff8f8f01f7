import { NoHardware, readHardware, readMetrics } from '@lorekeep/engine';
import type { LoadReport } from './bench-report.js';
import type { HttpClient } from './http-client.js';
import { pause } from './pause.js';

/** Often enough for a peak, seldom enough not to be load itself: nvidia-smi takes half a second. */
const EVERY_MS = 2_000;
const ANSWER_MS = 2_000;

export interface Watched {
  start(): void;
  stop(): Promise<void>;
  /** Undefined figures could not be read. */
  seen(): LoadReport | null;
}

/** Looks at the machine that serves while it is loaded: memory by nvidia-smi, the rest by the server's /metrics. */
export class LoadWatch {
  private cardsReadable = true;

  constructor(
    private readonly client: HttpClient,
    private readonly metrics: { readonly url: string; readonly key: string | undefined } | undefined,
    private readonly signal: AbortSignal,
  ) {}

  /** Bytes in use on all cards of this machine; null where there are none. */
  async cardsUsed(): Promise<number | null> {
    if (!this.cardsReadable) return null;
    const found = await readHardware({ signal: this.signal }).catch(() => undefined);
    if (!found || found instanceof NoHardware) {
      this.cardsReadable = false;
      return null;
    }
    return found.gpus.reduce((sum, { used }) => sum + used, 0);
  }

  begin(): Watched {
    const peak: Record<keyof LoadReport, number | null> = {
      cardsUsed: null,
      kvCacheShare: null,
      running: null,
      waiting: null,
    };
    const raise = (field: keyof LoadReport, value: number | null): void => {
      if (value !== null) peak[field] = Math.max(peak[field] ?? 0, value);
    };
    let stopping = new AbortController();
    let loop: Promise<void> = Promise.resolve();
    const look = async (): Promise<void> => {
      while (!stopping.signal.aborted) {
        await pause(EVERY_MS / 4, stopping.signal);
        const metrics = await this.readMetrics();
        raise('kvCacheShare', metrics?.cacheUsage ?? null);
        raise('running', metrics?.running ?? null);
        raise('waiting', metrics?.waiting ?? null);
        raise('cardsUsed', await this.cardsUsed());
        await pause(EVERY_MS, stopping.signal);
      }
    };
    return {
      start: () => {
        stopping = new AbortController();
        loop = look();
      },
      stop: () => {
        stopping.abort();
        return loop;
      },
      seen: () => (Object.values(peak).every((value) => value === null) ? null : { ...peak }),
    };
  }

  private async readMetrics(): Promise<ReturnType<typeof readMetrics>> {
    if (this.metrics === undefined) return undefined;
    try {
      const { status, text } = await this.client.ask(this.metrics.url, {
        key: this.metrics.key,
        timeoutMs: ANSWER_MS,
      });
      return status === 200 ? readMetrics(text) : undefined;
    } catch {
      return undefined;
    }
  }
}
