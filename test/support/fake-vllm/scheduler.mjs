/** At most `slots` requests run; the others wait in the order in which they came, without limit, as in vLLM 0.26. */
export class Scheduler {
  #free;
  #queue = [];

  constructor(slots, metrics) {
    this.#free = slots;
    this.metrics = metrics;
  }

  /** Resolves true when it is this request's turn, false when its caller has gone. */
  async enter(signal) {
    if (this.#free > 0) this.#free -= 1;
    else if (!(await this.#wait(signal))) return false;
    this.metrics.running += 1;
    return true;
  }

  leave() {
    this.metrics.running -= 1;
    const next = this.#queue.shift();
    if (next) next(true);
    else this.#free += 1;
    this.metrics.waiting = this.#queue.length;
  }

  #wait(signal) {
    return new Promise((resolve) => {
      const turn = (mine) => {
        signal.removeEventListener('abort', leave);
        resolve(mine);
      };
      const leave = () => {
        this.#queue = this.#queue.filter((entry) => entry !== turn);
        this.metrics.waiting = this.#queue.length;
        resolve(false);
      };
      if (signal.aborted) return resolve(false);
      signal.addEventListener('abort', leave);
      this.#queue.push(turn);
      this.metrics.waiting = this.#queue.length;
    });
  }
}
