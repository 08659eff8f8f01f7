/**
 * The results of `read` in the order of `items`, with up to `ahead` under way. When one fails, the rest is given up:
 * the caller's signal tells those that are under way.
 */
export async function* readAhead<Item, Result>(
  items: readonly Item[],
  ahead: number,
  read: (item: Item) => Promise<Result>,
): AsyncIterable<Result> {
  const waiting: Promise<Result>[] = [];
  let next = 0;
  const begin = (): void => {
    while (next < items.length && waiting.length < ahead) {
      const reading = read(items[next++] as Item);
      // Told where it is waited for.
      reading.catch(() => undefined);
      waiting.push(reading);
    }
  };
  try {
    for (begin(); waiting.length > 0; begin()) yield await (waiting.shift() as Promise<Result>);
  } finally {
    await Promise.allSettled(waiting);
  }
}
