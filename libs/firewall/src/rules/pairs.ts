/** Every head with every tail: literals that are rarer than words. */
export function pairs(heads: readonly string[], tails: readonly string[]): string[] {
  return heads.flatMap((head) => tails.map((tail) => head + tail));
}
