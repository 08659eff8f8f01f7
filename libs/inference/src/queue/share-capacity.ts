/** What a gateway has on one engine. */
export interface Demand {
  readonly gateway: string;
  readonly running: number;
  readonly waiting: number;
}

/**
 * How many of an engine's sequences each gateway may use: one after another to whoever wants one more (max-min fair by
 * running and waiting), what nobody wants in equal parts, so that a question that comes next need not wait for the next
 * heartbeat. All gateways compute the same from the same rows. The own share is never more than what the others
 * leave at this moment, and at least one.
 */
export function shareCapacity(capacity: number, own: Demand, others: readonly Demand[]): number {
  const all = [own, ...others].sort((a, b) => (a.gateway < b.gateway ? -1 : 1));
  const shares = new Map(all.map(({ gateway }) => [gateway, 0]));
  const give = (wants: (demand: Demand, has: number) => boolean, left: number): number => {
    for (let given = true; given && left > 0;) {
      given = false;
      for (const demand of all) {
        const has = shares.get(demand.gateway) ?? 0;
        if (left === 0 || !wants(demand, has)) continue;
        shares.set(demand.gateway, has + 1);
        left -= 1;
        given = true;
      }
    }
    return left;
  };
  const unwanted = give((demand, has) => has < demand.running + demand.waiting, capacity);
  give(() => true, unwanted);
  const taken = others.reduce((sum, { running }) => sum + running, 0);
  return Math.max(1, Math.min(shares.get(own.gateway) ?? 0, capacity - taken));
}
