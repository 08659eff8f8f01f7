/** The categories that the reason of a quarantine ends with, by the names that people know them by. */
export const nameCategories = (
  reason: string,
  nameOf: (category: string) => string,
  separator: string,
): string =>
  reason.replace(/\(([a-z-]+(?:, [a-z-]+)*)\)$/, (_, listed: string) => {
    const names = listed.split(', ').map(nameOf);
    return `(${names.join(separator)})`;
  });
