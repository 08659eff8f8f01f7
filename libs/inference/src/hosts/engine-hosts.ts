import type { Clock } from '@lorekeep/kit/clock';
import { RequestError } from '@lorekeep/kit/errors';
import {
  CLOCKS_APART_MS,
  isSafeAddress,
  isSameProof,
  proveGateway,
  proveHost,
  type Registration,
} from '@lorekeep/kit/registration';

/** A host that has said nothing for so long gets no further questions, in milliseconds; it speaks every two seconds. */
export const HOST_LAPSE_MS = 10_000;

/** Where engine hosts are known to all gateways. */
export interface HostBoard {
  /** False where something as late or later was heard of this address before. */
  say(address: string, at: number, leaving: boolean): Promise<boolean>;
  /** Addresses that spoke within so many milliseconds and did not leave. */
  present(lapseMs: number): Promise<string[]>;
}

/** Takes the registrations of engine hosts that hold the same key. */
export class EngineHosts {
  /** The wall clock as it was at the start, less the monotonic one then. */
  private readonly begun: number;

  /** @param key null: no host may register itself */
  constructor(
    private readonly board: HostBoard,
    private readonly key: string | null,
    private readonly clock: Clock,
  ) {
    this.begun = clock.now() - clock.monotonic();
  }

  /**
   * @returns the gateway's own proof
   * @throws RequestError 404 where none may register, 401 for a proof or a time that is not right, 400 for an address
   *   that would send questions through the open
   */
  async register(said: Registration, proof: string): Promise<{ proof: string; lapseSeconds: number }> {
    const { key } = this;
    if (key === null)
      throw new RequestError(404, 'ENGINE_HOSTS_OFF', 'Engine hosts cannot register themselves here.');
    if (!isSameProof(proof, proveHost(key, said)))
      throw refused('The proof is not right: host and gateway must have the same key.');
    if (!this.isNow(said.at))
      throw refused("The host's clock and the gateway's are more than a minute apart.");
    if (!isSafeAddress(said.address))
      throw new RequestError(
        400,
        'ENGINE_HOST_ADDRESS',
        'The address must be https://host:port, or http:// on loopback, and nothing more.',
      );
    if (!(await this.board.say(said.address, said.at, said.leaving))) throw refused('This was said before.');
    return { proof: proveGateway(key, said), lapseSeconds: HOST_LAPSE_MS / 1_000 };
  }

  /**
   * By the clock as it is, or as it went on since the start: set ahead or back meanwhile, it refuses no host whose own
   * is right. That what was said before is not said again, the board sees to.
   */
  private isNow(at: number): boolean {
    const { clock, begun } = this;
    return [clock.now(), begun + clock.monotonic()].some((now) => Math.abs(now - at) <= CLOCKS_APART_MS);
  }
}

function refused(message: string): RequestError {
  return new RequestError(401, 'ENGINE_HOST_REFUSED', message);
}
