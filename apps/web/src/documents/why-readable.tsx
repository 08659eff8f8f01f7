import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../app/person.js';
import { call } from '../kit/call.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Notice, Skeleton } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { PrincipalPicker, type Principal } from './principal-picker.js';
import { EffectBadge, readerName } from './readers-section.js';

/** Why somebody can or cannot read this document. */
export function WhyReadable({ documentId }: { documentId: string }) {
  const { t } = useTexts();
  const line = useErrorLine();
  const [person, setPerson] = useState<Principal | null>(null);
  const mayFind = useMay()('admin.users');
  const explained = useQuery({
    queryKey: ['explain', documentId, person?.id],
    queryFn: ({ signal }) =>
      call('GET /api/documents/:id/explain', {
        params: { id: documentId },
        query: { userId: person?.id ?? '' },
        signal,
      }),
    enabled: person !== null,
  });
  if (!mayFind) return null;
  return (
    <section aria-labelledby="why-title" className="flex flex-col gap-2">
      <h2 id="why-title" className="text-13 font-semibold">
        {t('documents.why.title')}
      </h2>
      <PrincipalPicker label={t('documents.why.person')} kinds={['user']} onPick={setPerson} />
      {explained.isLoading && <Skeleton lines={2} />}
      {explained.isError && <Notice tone="bad">{line(explained.error)}</Notice>}
      {person && explained.data && (
        <div role="status" className="text-13">
          <p className="font-medium">
            {t(explained.data.readable ? 'documents.why.can' : 'documents.why.cannot', { name: person.name })}
          </p>
          <ul className="mt-1 flex flex-col gap-1">
            {explained.data.because.map((reason, at) => (
              <li key={at} className="flex items-center justify-between gap-2">
                <span className="truncate">
                  {readerName(reason, t('documents.readers.everyone'))} ·{' '}
                  {t(`documents.why.${reason.source}`)}
                </span>
                <EffectBadge effect={reason.effect} />
              </li>
            ))}
          </ul>
          {explained.data.because.length === 0 && <p className="text-text-1">{t('documents.why.noRule')}</p>}
        </div>
      )}
    </section>
  );
}
