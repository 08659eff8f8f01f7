/** A scope is what the permission to read and a limited search depend on: access list and collection. */
export class Scopes {
  private readonly byName = new Map<string, number>();
  private readonly accessIds: string[] = [''];
  private readonly collectionIds: string[] = [''];

  get bytes(): number {
    return this.accessIds.length * 300;
  }

  /** From 1; 0 is the scope of what cannot be searched. */
  indexOf(accessId: string, collectionId: string): number {
    const name = `${accessId}/${collectionId}`;
    let index = this.byName.get(name);
    if (index === undefined) {
      index = this.accessIds.length;
      this.byName.set(name, index);
      this.accessIds.push(accessId);
      this.collectionIds.push(collectionId);
    }
    return index;
  }

  /** 1 for every scope that passes; `readable` null: whoever may read it. */
  allowed(readable: ReadonlySet<string> | null, collectionIds: ReadonlySet<string> | null): Uint8Array {
    const allowed = new Uint8Array(this.accessIds.length);
    for (let i = 1; i < allowed.length; i++) {
      const read = readable === null || readable.has(this.accessIds[i] as string);
      if (read && (collectionIds === null || collectionIds.has(this.collectionIds[i] as string)))
        allowed[i] = 1;
    }
    return allowed;
  }
}
