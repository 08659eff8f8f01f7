import { useMutation } from '@tanstack/react-query';
import { call } from '../kit/call.js';
import { useTexts } from '../locales/use-texts.js';
import { useScannerNames } from '../scanner/use-scanner-names.js';
import { Marked, TryBox } from './try-box.js';

export function TryWords() {
  const { t } = useTexts();
  const names = useScannerNames();
  const attempt = useMutation({
    mutationFn: (text: string) => call('POST /api/admin/words/try', { body: { text } }),
  });
  const result = attempt.data;
  return (
    <TryBox
      title={t('admin.words.try')}
      hint={t('admin.words.tryHint')}
      busy={attempt.isPending}
      error={attempt.error}
      onTry={attempt.mutate}
    >
      {result && (
        <>
          <p className="font-medium">{t('admin.try.hits', { count: result.hits.length })}</p>
          <Marked text={attempt.variables ?? ''} hits={result.hits} />
          {result.hits.length > 0 && (
            <>
              <ul className="flex flex-col gap-1">
                {result.hits.map((hit, at) => (
                  <li key={at} className="flex justify-between gap-2">
                    <span className="truncate font-medium">{hit.word}</span>
                    <span className="text-text-2">
                      {names.category(hit.category)} · {t(`admin.words.actions.${hit.action}`)}
                    </span>
                  </li>
                ))}
              </ul>
              <p className="text-12 font-medium text-text-2">{t('admin.words.output')}</p>
              <p className="max-h-60 overflow-y-auto rounded-md bg-surface-1 p-3 break-words whitespace-pre-wrap">
                {result.output}
              </p>
            </>
          )}
        </>
      )}
    </TryBox>
  );
}
