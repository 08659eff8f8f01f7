import { useQuery } from '@tanstack/react-query';
import { call } from '../kit/call.js';
import { useMay } from '../app/person.js';
import { Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';

/** What the gateway sets aside before a question is let through, as it is installed. */
const PER_PASSAGE = 500;
const PER_ANSWER = 2_048;
const PASSAGES = 8;

/** Warns of a limit that not even one question fits into; it may be set all the same. */
export function FewTokens({ perDay }: { perDay: number | null }) {
  const { t } = useTexts();
  const settings = useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => call('GET /api/admin/settings', { signal }),
    enabled: useMay()('admin.settings'),
  });
  const passages = settings.data?.passagesPerQuestion ?? PASSAGES;
  const tokens = passages * PER_PASSAGE + PER_ANSWER;
  if (perDay === null || perDay >= tokens) return null;
  return <Notice tone="warn">{t('admin.quotas.fewTokens', { tokens, passages })}</Notice>;
}
