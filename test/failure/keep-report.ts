import { readFile, writeFile } from 'node:fs/promises';

/** What was measured is kept with UPDATE_REPORT=1; it is not asserted: machines differ. */
const REPORT = 'test/failure/ENGINE.md';

/** The rows of one section of the report: those of the specs that run replace those that stand there. */
export class Report {
  private readonly rows: string[] = [];

  constructor(
    private readonly title: string,
    private readonly about: string,
    private readonly columns: readonly string[],
  ) {}

  add(...cells: readonly string[]): void {
    this.rows.push(
      `| ${cells.map((cell) => cell.replace(/\s+/g, ' ').replaceAll('|', '\\|')).join(' | ')} |`,
    );
  }

  /** Writes the section, where the report is asked for and anything was measured. */
  async keep(): Promise<void> {
    if (process.env['UPDATE_REPORT'] !== '1' || this.rows.length === 0) return;
    const head = `| ${this.columns.join(' | ')} |\n|${' --- |'.repeat(this.columns.length)}`;
    const section = `## ${this.title}\n\n${this.about}\n\n${head}\n${this.rows.join('\n')}\n`;
    const text = await readFile(REPORT, 'utf8');
    const [intro = '', ...sections] = text.split(/^(?=## )/m);
    const others = sections.filter((one) => !one.startsWith(`## ${this.title}\n`));
    const all = [...others, section].sort().map((one) => one.trimEnd());
    await writeFile(REPORT, `${intro.trimEnd()}\n\n${all.join('\n\n')}\n`);
  }
}
