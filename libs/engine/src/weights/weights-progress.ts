/** Told after each piece that was read, and at the beginning and end of each file. */
export interface WeightsProgress {
  readonly phase: 'checking' | 'fetching';
  readonly file: string;
  /** 1 for the first. */
  readonly number: number;
  readonly files: number;
  /** Of all files together; `total` is 0 while sizes are not known. */
  readonly bytes: number;
  readonly total: number;
}

export interface WeightsOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: ((progress: WeightsProgress) => void) | undefined;
}

/** Adds up what was read over the files. */
export class ProgressCount {
  private done = 0;
  private ofFile = 0;
  private number = 0;
  private file = '';

  constructor(
    private readonly phase: WeightsProgress['phase'],
    private readonly files: number,
    private readonly total: number,
    private readonly tell: WeightsOptions['onProgress'],
  ) {}

  begin(file: string): void {
    this.done += this.ofFile;
    this.ofFile = 0;
    this.file = file;
    this.number++;
    this.report();
  }

  /** Bytes of this file so far; a file that begins again goes back. */
  at(bytes: number): void {
    this.ofFile = bytes;
    this.report();
  }

  private report(): void {
    const { phase, file, number, files, total } = this;
    this.tell?.({ phase, file, number, files, bytes: this.done + this.ofFile, total });
  }
}
