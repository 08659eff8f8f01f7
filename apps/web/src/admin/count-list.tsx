import { useId } from 'react';
import { useTexts } from '../locales/use-texts.js';

/** Names with their numbers. */
export function CountList({ title, rows }: { title: string; rows: readonly [string, string][] }) {
  const { t } = useTexts();
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="mb-2 text-14 font-semibold">
        {title}
      </h2>
      {rows.length === 0 && <p className="text-13 text-text-2">{t('common.none')}</p>}
      {rows.length > 0 && (
        <dl className="divide-y text-13">
          {rows.map(([name, count]) => (
            <div key={name} className="flex justify-between gap-3 py-1.5">
              <dt className="min-w-0 break-words">{name}</dt>
              <dd className="tabular-nums">{count}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
