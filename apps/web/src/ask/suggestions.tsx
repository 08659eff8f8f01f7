import { useQuery } from '@tanstack/react-query';
import { useTexts } from '../locales/use-texts.js';
import { usePerson } from '../app/person.js';
import { call } from '../kit/call.js';
import { Skeleton } from '../kit/states.js';

/** An empty conversation: real questions of this house to begin with. */
export function Suggestions({ onAsk }: { onAsk: (question: string) => void }) {
  const { t, language } = useTexts();
  const person = usePerson();
  const suggestions = useQuery({
    queryKey: ['suggestions', language],
    queryFn: ({ signal }) => call('GET /api/suggestions', { query: { language }, signal }),
    staleTime: Infinity,
  });
  return (
    <div className="flex flex-1 flex-col justify-center gap-6 py-8">
      <div>
        <h1 className="text-28 font-semibold tracking-tight text-balance">{t('ask.empty.title')}</h1>
        <p className="mt-2 max-w-[60ch] text-16 text-text-1">
          {t('ask.empty.text', { tenant: person.tenant.name })}
        </p>
      </div>
      <div className="min-h-40">
        {suggestions.isPending && <Skeleton lines={4} className="max-w-[48ch] gap-6 pt-3" />}
        {suggestions.data && suggestions.data.rows.length > 0 && (
          <>
            <h2 className="text-12 font-medium text-text-2">{t('ask.empty.try')}</h2>
            <ul className="mt-1 divide-y border-y">
              {suggestions.data.rows.map((row) => (
                <li key={row.text}>
                  <button
                    type="button"
                    lang={row.language === 'zh' ? 'zh-CN' : 'en'}
                    onClick={() => onAsk(row.text)}
                    className="w-full rounded-sm py-3 text-left text-14 hover:text-accent"
                  >
                    {row.text}
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}
