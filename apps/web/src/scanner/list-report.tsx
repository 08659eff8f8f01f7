import type { WordListRow } from '@lorekeep/contracts';
import { useFormats } from '../kit/format.js';
import { useTexts } from '../locales/use-texts.js';

const PROBLEMS = [
  ...(['blank', 'repeated', 'exists', 'too-long', 'control', 'invisible', 'undecodable'] as const),
  ...(['quotes', 'encoding'] as const),
];

/** What was found in the file: how many words are taken, what is left out and why, with first examples. */
export function ListReport({ report }: { report: NonNullable<WordListRow['report']> }) {
  const { t } = useTexts();
  const formats = useFormats();
  const name = (problem: string) => {
    const known = PROBLEMS.find((each) => each === problem);
    return known ? t(`scanner.lists.problems.${known}`) : problem;
  };
  const problems = Object.entries(report.problems).filter(([, count]) => count > 0);
  return (
    <section aria-label={t('scanner.lists.report')} className="text-13">
      <h3 className="mb-1 font-medium">{t('scanner.lists.report')}</h3>
      <p>
        {t('scanner.lists.taken', {
          words: formats.number(report.words),
          lines: formats.number(report.lines),
        })}
        {report.encoding && ` · ${report.encoding}`}
      </p>
      {problems.length > 0 && (
        <ul className="mt-1 flex flex-wrap gap-x-4 text-text-1">
          {problems.map(([problem, count]) => (
            <li key={problem}>
              {name(problem)} <span className="tabular-nums">{formats.number(count)}</span>
            </li>
          ))}
        </ul>
      )}
      {report.examples.length > 0 && (
        <details className="mt-1">
          <summary className="cursor-pointer text-text-2">{t('scanner.lists.examples')}</summary>
          <ul aria-label={t('scanner.lists.examples')} tabIndex={0} className="mt-1 max-h-40 overflow-y-auto">
            {report.examples.map((example) => (
              <li key={`${example.line} ${example.problem}`} className="flex gap-3">
                <span className="min-w-10 shrink-0 text-right text-text-2 tabular-nums">
                  {formats.number(example.line)}
                </span>
                <span className="shrink-0">{name(example.problem)}</span>
                <code className="truncate font-mono text-12">{example.text}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
