/** A function that keeps what it gave for the latest `most` texts: rules that are loaded anew are mostly those of before. */
export function keepLatest<Value>(most: number, make: (text: string) => Value): (text: string) => Value {
  // The oldest first.
  const kept = new Map<string, Value>();
  return (text) => {
    const value = kept.get(text) ?? make(text);
    kept.delete(text);
    kept.set(text, value);
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return value;
  };
}
