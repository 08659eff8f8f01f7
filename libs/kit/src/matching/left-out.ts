/** Where units were left out of a text, so that places in what is left can be told in the whole. */
export class LeftOut {
  /** In order: the places in what is left before which units are missing, and how many are up to there. */
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
    this.total += units;
    this.places.push(place);
    this.totals.push(this.total);
  }

  /** Where the unit at a place is in the whole text. */
  startOf(place: number): number {
    return place + this.before(place + 1);
  }

  /** Where what ends at a place ends in the whole text. */
  endOf(place: number): number {
    return place + this.before(place);
  }

  /** No place before this one will be asked about. */
  forget(place: number): void {
    const kept = this.indexOf(place);
    if (kept === 0) return;
    this.past = this.totals[kept - 1] ?? this.past;
    this.places = this.places.slice(kept);
    this.totals = this.totals.slice(kept);
  }

  private before(place: number): number {
    return this.totals[this.indexOf(place) - 1] ?? this.past;
  }

  /** How many of the places are before this one. */
  private indexOf(place: number): number {
    let [low, high] = [0, this.places.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.places[middle] ?? Infinity) < place) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
