/** Where units were left out of a text, so that places in what is left can be told in the whole. */
export class LeftOut {
  /**
   * In order: twice the places in what is left before which units are missing, one more where they are missing within the
   * unit at the place; and how many are up to there.
   */
  private places: number[] = [];
  private totals: number[] = [];
  private total = 0;
  /** Of places that nobody asks about any more. */
  private past = 0;

  get isEmpty(): boolean {
    return this.total === 0;
  }

  /** @param place none before the last one */
  add(place: number, units: number): void {
    this.note(2 * place, units);
  }

  /** The unit at a place stands for itself and so many more. */
  addWithin(place: number, units: number): void {
    this.note(2 * place + 1, units);
  }

  copy(): LeftOut {
    const copy = new LeftOut();
    return Object.assign(copy, this, { places: [...this.places], totals: [...this.totals] });
  }

  /** Where the unit at a place is in the whole text. */
  startOf(place: number): number {
    return place + this.before(2 * place + 1);
  }

  /** Where what ends at a place ends in the whole text. */
  endOf(place: number): number {
    return place + this.before(2 * place);
  }

  /** No place before this one will be asked about. */
  forget(place: number): void {
    const kept = this.indexOf(2 * place);
    if (kept === 0) return;
    this.past = this.totals[kept - 1] ?? this.past;
    this.places = this.places.slice(kept);
    this.totals = this.totals.slice(kept);
  }

  private note(twice: number, units: number): void {
    this.total += units;
    this.places.push(twice);
    this.totals.push(this.total);
  }

  private before(twice: number): number {
    return this.totals[this.indexOf(twice) - 1] ?? this.past;
  }

  /** How many of the places are before this one. */
  private indexOf(twice: number): number {
    let [low, high] = [0, this.places.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.places[middle] ?? Infinity) < twice) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
