import type { StoredItem } from '../store/rows.js';

/** Which paths of the source have which document now, and which document has which content. */
export class References {
  private readonly documents = new Map<string, string>();
  private readonly paths = new Map<string, Set<string>>();
  private readonly contents = new Map<string, string>();

  /** `gone` no longer count as paths, but their documents are known by their content: that is what a move is. */
  constructor(items: readonly StoredItem[], gone: readonly StoredItem[]) {
    const left = new Set(gone.map(({ path }) => path));
    for (const { path, documentId, sha256, state } of items) {
      if (documentId === null) continue;
      if (!left.has(path)) this.link(path, documentId);
      // What is skipped or failed has seen other content than its document has.
      if (sha256 && state === 'taken') this.contents.set(sha256.toString('hex'), documentId);
    }
  }

  withContent(sha256: Buffer): string | null {
    return this.contents.get(sha256.toString('hex')) ?? null;
  }

  pathsOf(documentId: string): number {
    return this.paths.get(documentId)?.size ?? 0;
  }

  isOnly(path: string, documentId: string): boolean {
    const paths = this.paths.get(documentId);
    return paths !== undefined && paths.size === 1 && paths.has(path);
  }

  /** From now on the path has this document; what the document before held is no longer to be relied on. */
  set(path: string, documentId: string, sha256: Buffer): void {
    const before = this.documents.get(path);
    if (before !== undefined && before !== documentId) {
      this.paths.get(before)?.delete(path);
    }
    this.link(path, documentId);
    this.contents.set(sha256.toString('hex'), documentId);
  }

  /** A path of each document, the first one by name. */
  places(): Map<string, string[]> {
    return new Map([...this.paths].map(([documentId, paths]) => [documentId, [...paths].sort()]));
  }

  private link(path: string, documentId: string): void {
    this.documents.set(path, documentId);
    const paths = this.paths.get(documentId) ?? new Set();
    this.paths.set(documentId, paths.add(path));
  }
}
