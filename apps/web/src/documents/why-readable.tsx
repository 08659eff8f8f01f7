import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../app/person.js';
import { call, type ResponseOf } from '../kit/call.js';
import { classNames } from '../kit/class-names.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Notice, Skeleton } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { PrincipalPicker, type Principal } from './principal-picker.js';
import { EffectBadge, readerName } from './readers-section.js';

type Explanation = ResponseOf<'GET /api/documents/:id/explain'>;
type Kind = 'documents' | 'folders';

const useExplained = (kind: Kind, id: string, person: Principal | null) =>
  useQuery<Explanation>({
    queryKey: ['explain', kind, id, person?.id],
    queryFn: ({ signal }) => {
      const request = { params: { id }, query: { userId: person?.id ?? '' }, signal };
      return kind === 'documents'
        ? call('GET /api/documents/:id/explain', request)
        : call('GET /api/folders/:id/explain', request);
    },
    enabled: person !== null,
  });

/** Why somebody can or cannot read this document, or what is in this folder. */
export function WhyReadable({ kind, id }: { kind: Kind; id: string }) {
  const { t } = useTexts();
  const line = useErrorLine();
  const [person, setPerson] = useState<Principal | null>(null);
  const mayFind = useMay()('admin.users');
  const explained = useExplained(kind, id, person);
  if (!mayFind) return null;
  return (
    <section aria-labelledby="why-title" className="flex flex-col gap-2">
      <h2 id="why-title" className="text-13 font-semibold">
        {t('documents.why.title')}
      </h2>
      <PrincipalPicker label={t('documents.why.person')} kinds={['user']} onPick={setPerson} />
      {explained.isLoading && <Skeleton lines={2} />}
      {explained.isError && <Notice tone="bad">{line(explained.error)}</Notice>}
      {person && explained.data && <Verdict explanation={explained.data} name={person.name} />}
    </section>
  );
}

function Verdict({ explanation, name }: { explanation: Explanation; name: string }) {
  const { t } = useTexts();
  const { readable, verdict, because, scopes } = explanation;
  const deciding = scopes.find(({ decides }) => decides);
  return (
    <div role="status" className="flex flex-col gap-2 text-13">
      <div>
        <p className="font-medium">{t(readable ? 'documents.why.can' : 'documents.why.cannot', { name })}</p>
        <p className="text-text-1">
          {t(`documents.why.verdicts.${verdict}`, {
            place: deciding ? t(`documents.why.places.${deciding.kind}`, { name: deciding.name }) : '',
          })}
        </p>
      </div>
      {because.length > 0 && (
        <ul className="flex flex-col gap-1">
          {because.map((reason, at) => (
            <li
              key={at}
              className={classNames(
                'flex items-center justify-between gap-2',
                !reason.decides && 'text-text-2',
              )}
            >
              <span className="min-w-0 break-words">
                {readerName(reason, t('documents.readers.everyone'))} ·{' '}
                {t(`documents.why.places.${reason.source}`, { name: reason.sourceName })}
                {!reason.decides && ` · ${t('documents.why.overridden')}`}
              </span>
              <EffectBadge effect={reason.effect} />
            </li>
          ))}
        </ul>
      )}
      {because.length === 0 && <p className="text-text-1">{t('documents.why.noRule')}</p>}
    </div>
  );
}
