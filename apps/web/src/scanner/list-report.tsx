import type { WordListRow } from '@lorekeep/contracts';
import { useFormats } from '../kit/format.js';
import { useTexts } from '../locales/use-texts.js';

const PROBLEMS = [
  ...(['blank', 'repeated', 'exists', 'too-long', 'control', 'invisible', 'undecodable'] as const),
  ...(['quotes', 'encoding', 'broad'] as const),
];

/** The word is taken; the line is only remarked on. */
const isTaken = (problem: string): boolean =>
  problem === 'exists' || problem === 'encoding' || problem === 'broad';

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
      {report.first && report.first.length > 0 && (
        <p className="mt-1 break-words">
          <span className="text-text-2">{t('scanner.lists.first')}</span> {report.first.join(' · ')}
        </p>
      )}
      <Remarks
        title={t('scanner.lists.leftOut')}
        problems={problems.filter(([problem]) => !isTaken(problem))}
        name={name}
      />
      <Remarks
        title={t('scanner.lists.takenAllTheSame')}
        problems={problems.filter(([problem]) => isTaken(problem))}
        name={name}
      />
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

/** How many lines there were of each kind. */
function Remarks(props: {
  title: string;
  problems: readonly (readonly [string, number])[];
  name: (problem: string) => string;
}) {
  const formats = useFormats();
  if (props.problems.length === 0) return null;
  return (
    <div className="mt-1 flex flex-wrap gap-x-4 text-text-1">
      <span className="text-text-2">{props.title}</span>
      {props.problems.map(([problem, count]) => (
        <span key={problem}>
          {props.name(problem)} <span className="tabular-nums">{formats.number(count)}</span>
        </span>
      ))}
    </div>
  );
}
