import type { Person } from '@lorekeep/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, type ReactNode } from 'react';
import { useTexts } from '../locales/use-texts.js';
import { isStatus } from '../kit/problem.js';
import { reportSignedIn, useSignedOut } from '../kit/session-signal.js';
import { ErrorState } from '../kit/states.js';
import { languageIsChosen, setLanguage } from '../locales/use-texts.js';
import { personQuery, PersonProvider } from './person.js';

// Whoever has a session does not need what asks for one.
const entry = () => import('./entry.js');
const SignInPage = lazy(async () => ({ default: (await entry()).SignInPage }));
const ChangePassword = lazy(async () => ({ default: (await entry()).ChangePassword }));
const SessionEnded = lazy(async () => ({ default: (await entry()).SessionEnded }));

/** Nobody gets past without a session; one that ends later is renewed over the page, and nothing written is lost. */
export function SessionGate({ children }: { children: ReactNode }) {
  const { t } = useTexts();
  const queryClient = useQueryClient();
  const person = useQuery(personQuery);
  const signedOut = useSignedOut();
  const locale = person.data?.locale;
  useEffect(() => {
    // Without a choice of the account's the page stays in that of this browser.
    if (locale && !languageIsChosen()) void setLanguage(locale);
  }, [locale]);

  const enter = (next: Person) => {
    const same = person.data?.id === next.id && person.data.tenant.id === next.tenant.id;
    if (!same) queryClient.clear();
    queryClient.setQueryData(personQuery.queryKey, next);
    reportSignedIn();
    if (same) void queryClient.invalidateQueries();
  };

  if (person.data) {
    if (person.data.mustChangePassword && !signedOut) {
      return (
        <Suspense>
          <ChangePassword person={person.data} onDone={() => void person.refetch()} />
        </Suspense>
      );
    }
    return (
      <PersonProvider value={person.data}>
        <div key={person.data.id} className="h-full">
          {children}
        </div>
        <Suspense>{signedOut && <SessionEnded person={person.data} onSignedIn={enter} />}</Suspense>
      </PersonProvider>
    );
  }
  if (person.isPending)
    return <div role="status" aria-label={t('common.loading')} className="h-full bg-surface-0" />;
  if (isStatus(person.error, 401) || person.error === null) {
    return (
      <Suspense>
        <SignInPage onSignedIn={enter} />
      </Suspense>
    );
  }
  return (
    <main className="grid h-full place-items-center">
      <ErrorState error={person.error} onRetry={() => void person.refetch()} />
    </main>
  );
}
