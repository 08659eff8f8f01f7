import type { Replicas } from '../replicas/replicas.js';
import { HOST_LAPSE_MS, type HostBoard } from './engine-hosts.js';

/** How often it is read which hosts there are, in milliseconds. */
export const FOLLOW_MS = 1_000;

/** Keeps the replicas to the engine hosts that are registered. */
export class FollowHosts {
  private timer: NodeJS.Timeout | undefined;
  private isBusy = false;

  constructor(
    private readonly board: HostBoard,
    private readonly replicas: Pick<Replicas, 'keepHosts'>,
  ) {}

  start(): void {
    const follow = async () => {
      if (this.isBusy) return;
      this.isBusy = true;
      await this.follow();
      this.isBusy = false;
    };
    void follow();
    this.timer = setInterval(() => void follow(), FOLLOW_MS);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Where they cannot be read, they are taken to be as they were. */
  async follow(): Promise<void> {
    try {
      this.replicas.keepHosts(await this.board.present(HOST_LAPSE_MS));
    } catch {
      // Their breakers still tell which of them can be asked.
    }
  }
}
