import { Link } from '@tanstack/react-router';
import { FileQuestion } from 'lucide-react';
import { useTexts } from '../locales/use-texts.js';
import { Empty, ErrorState, Loading } from '../kit/states.js';

export const RouteLoading = () => <Loading lines={6} className="mx-auto max-w-[760px] px-6 py-10" />;

export const RouteError = ({ error, reset }: { error: unknown; reset: () => void }) => (
  <ErrorState error={error} onRetry={reset} />
);

export function Missing() {
  const { t } = useTexts();
  return (
    <>
      <h1 className="sr-only">{t('frame.missing.title')}</h1>
      <Empty
        icon={FileQuestion}
        title={t('frame.missing.title')}
        text={t('frame.missing.text')}
        action={
          <Link to="/" className="text-14 text-accent underline underline-offset-2">
            {t('frame.missing.home')}
          </Link>
        }
      />
    </>
  );
}
