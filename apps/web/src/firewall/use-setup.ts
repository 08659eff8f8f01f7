import type { FirewallException, FirewallOwnRule, FirewallSetup } from '@lorekeep/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, type ResponseOf } from '../kit/call.js';
import { useToast } from '../kit/toast.js';
import { useTexts } from '../locales/use-texts.js';

const SETUP = ['firewall-setup'];
export type SetupView = ResponseOf<'GET /api/admin/firewall'>;
export type Action = SetupView['categories'][number]['allowed'][number];
/** An exception that was not saved yet has nobody who made it. */
export type DraftException = Omit<FirewallException, 'madeBy' | 'madeAt'> &
  Partial<Pick<FirewallException, 'madeBy' | 'madeAt'>>;
export type DraftSetup = Omit<FirewallSetup, 'exceptions' | 'rules'> & {
  exceptions: DraftException[];
  rules: FirewallOwnRule[];
};

/** The setup in force, and what has been changed of it on the page. */
export function useSetup() {
  const { t } = useTexts();
  const toast = useToast();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState<DraftSetup | null>(null);
  const query = useQuery({
    queryKey: SETUP,
    queryFn: ({ signal }) => call('GET /api/admin/firewall', { signal }),
  });
  const stored = query.data?.setup;
  const setup: DraftSetup | undefined = draft ?? stored;
  const put = async (body: { setup: DraftSetup; acceptBroken: boolean }, over: number) => {
    const next = await call('PUT /api/admin/firewall', { body: { ...body, over } });
    queryClient.setQueryData(SETUP, next);
    setDraft(null);
    void queryClient.invalidateQueries({ queryKey: ['firewall-versions'] });
    void queryClient.invalidateQueries({ queryKey: ['firewall-cases'] });
    return next;
  };
  const save = useMutation({
    mutationFn: async (acceptBroken: boolean) => {
      if (!query.data || !setup) return;
      const before = query.data.setup;
      const { version } = await put({ setup, acceptBroken }, query.data.version);
      const undo = () =>
        void put({ setup: before, acceptBroken: true }, version).catch(() => query.refetch());
      toast(t('firewall.saved'), { label: t('firewall.undo'), run: undo });
    },
  });
  const change = (part: Partial<DraftSetup>) => {
    if (!setup) return;
    const next = { ...setup, ...part };
    setDraft(JSON.stringify(next) === JSON.stringify(stored) ? null : next);
  };
  return { query, setup, dirty: draft !== null, change, discard: () => setDraft(null), save };
}
export type SetupState = ReturnType<typeof useSetup>;
