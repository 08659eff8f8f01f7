/**
 * Gathers what arrives between two frames and hands it over once a frame, in order: a model writes faster than a
 * screen refreshes.
 */
export class FrameBuffer<Item> {
  private items: Item[] = [];
  private cancelFrame: (() => void) | null = null;

  constructor(
    private readonly deliver: (items: readonly Item[]) => void,
    /** Calls back before the next paint; returns how to call it off. */
    private readonly onFrame: (run: () => void) => () => void = nextFrame,
  ) {}

  push(item: Item): void {
    this.items.push(item);
    this.cancelFrame ??= this.onFrame(() => this.flush());
  }

  /** Hands over what is waiting, now. */
  flush(): void {
    this.cancelFrame?.();
    this.cancelFrame = null;
    if (this.items.length === 0) return;
    const items = this.items;
    this.items = [];
    this.deliver(items);
  }
}

/** Frames stop in a tab that is not shown; the answer goes on nevertheless. */
const HIDDEN_MS = 250;

function nextFrame(run: () => void): () => void {
  if (document.hidden) {
    const timer = setTimeout(run, HIDDEN_MS);
    return () => clearTimeout(timer);
  }
  const frame = requestAnimationFrame(run);
  // A tab that is hidden after this line gets no frame: the timer steps in.
  const timer = setTimeout(run, HIDDEN_MS);
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
