/**
 * A remark plugin: `&ZeroWidthSpace;` in an answer is text of it. Markdown decodes more than two thousand names, and
 * what it decoded would be put together behind the scanner.
 */
export function keepReferences(this: { data(): object }): void {
  const data = this.data() as { micromarkExtensions?: object[] };
  (data.micromarkExtensions ??= []).push({ disable: { null: ['characterReference'] } });
}
