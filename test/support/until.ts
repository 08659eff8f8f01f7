/** Longest wait for something that must happen by itself, in milliseconds: a machine may stand still for seconds. */
const PATIENCE_MS = 20_000;
const PAUSE_MS = 25;

/** Asks again until the answer is neither null, undefined nor false; returns it. Throws with the last answer when patience ends. */
export async function until<T>(
  ask: () => Promise<T | null | false | undefined>,
  milliseconds = PATIENCE_MS,
): Promise<NonNullable<T>> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer as NonNullable<T>;
    if (Date.now() > end)
      throw new Error(`still ${String(answer)} after ${milliseconds} ms: ${ask.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
