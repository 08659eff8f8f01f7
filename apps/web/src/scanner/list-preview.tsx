import type { WordListRow } from '@lorekeep/contracts';
import { classNames } from '../kit/class-names.js';
import { useFormats } from '../kit/format.js';
import { Notice } from '../kit/states.js';
import { Time } from '../kit/time.js';
import { useTexts } from '../locales/use-texts.js';

/** Above this, in 10,000 characters, a list does more harm than good in ordinary text. */
const OFTEN = 1;
/** In less text one hit alone would be often. */
const ENOUGH_CHARACTERS = 10_000;

/** What the list would have hit in recent answers. */
export function ListPreview({ preview }: { preview: NonNullable<WordListRow['preview']> }) {
  const { t } = useTexts();
  const formats = useFormats();
  const { answers, answersHit, hits, hitsPer10000, top, places } = preview;
  return (
    <section aria-label={t('scanner.lists.preview')} className="flex flex-col gap-2 text-13">
      <h3 className="font-medium">
        {t('scanner.lists.preview')}{' '}
        <span className="font-normal text-text-2">
          <Time value={preview.at} />
        </span>
      </h3>
      {answers === 0 ? (
        <p className="text-text-2">{t('scanner.lists.noAnswers')}</p>
      ) : (
        <p>
          {hits === 0
            ? t('scanner.lists.noHits', { count: answers, answers: formats.number(answers) })
            : t('scanner.lists.wouldHit', {
                count: hits,
                hit: formats.number(answersHit),
                answers: formats.number(answers),
              })}
          {!preview.complete && ` ${t('scanner.lists.newestOnly')}`}
        </p>
      )}
      {preview.characters >= ENOUGH_CHARACTERS && hitsPer10000 > OFTEN && (
        <Notice tone="warn">
          {t('scanner.lists.often', { rate: formats.number(Math.round(hitsPer10000 * 10) / 10) })}
        </Notice>
      )}
      {top.length > 0 && <h4 className="mt-1 text-12 text-text-2">{t('scanner.lists.top')}</h4>}
      {top.length > 0 && (
        <ul
          aria-label={t('scanner.lists.top')}
          tabIndex={0}
          className={classNames('grid max-h-40 gap-x-6 overflow-y-auto', top.length > 1 && 'sm:grid-cols-2')}
        >
          {top.map((each) => (
            <li key={each.word} className="flex justify-between gap-2">
              <span className="truncate font-medium">{each.word}</span>
              <span className="text-text-2 tabular-nums">{formats.number(each.hits)}</span>
            </li>
          ))}
        </ul>
      )}
      {places.length > 0 && <h4 className="mt-1 text-12 text-text-2">{t('scanner.lists.places')}</h4>}
      {places.length > 0 && (
        <ul
          aria-label={t('scanner.lists.places')}
          tabIndex={0}
          className="max-h-56 divide-y overflow-y-auto border-y"
        >
          {places.map((place, at) => (
            <li key={at} className="py-1.5 break-words">
              {place.before}
              <mark className="rounded-sm bg-warn-soft px-0.5 text-text-0">{place.match}</mark>
              {place.after}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
