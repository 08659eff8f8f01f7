import type { FirewallCase } from '@lorekeep/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMay } from '../app/person.js';
import { Badge } from '../kit/badge.js';
import { Button } from '../kit/button.js';
import { call } from '../kit/call.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Foreign } from '../kit/foreign.js';
import { Empty, ErrorState, Loading, Notice } from '../kit/states.js';
import { Time } from '../kit/time.js';
import { useToast } from '../kit/toast.js';
import { useTexts } from '../locales/use-texts.js';
import { useActionName } from './use-names.js';

const CASES = ['firewall-cases'];

/** Texts that every change is tried with. */
export function CasesTab() {
  const { t } = useTexts();
  const toast = useToast();
  const line = useErrorLine();
  const may = useMay();
  const queryClient = useQueryClient();
  const cases = useQuery({
    queryKey: CASES,
    queryFn: ({ signal }) => call('GET /api/admin/firewall/cases', { signal }),
  });
  const again = () => queryClient.invalidateQueries({ queryKey: CASES });
  const restore = async ({ text, role, expected, note, reference }: FirewallCase) => {
    // Who may not read the audit cannot refer to it either.
    const kept = may('audit.read') ? reference : null;
    await call('POST /api/admin/firewall/cases', { body: { text, role, expected, note, reference: kept } });
    await again();
  };
  const remove = useMutation({
    mutationFn: ({ id }: FirewallCase) => call('DELETE /api/admin/firewall/cases/:id', { params: { id } }),
    onSuccess: (_, removed) => {
      void again();
      toast(t('firewall.cases.removed'), { label: t('firewall.undo'), run: () => void restore(removed) });
    },
  });
  const rows = cases.data?.rows;
  return (
    <>
      <p className="max-w-[75ch] text-13 text-text-2">{t('firewall.cases.note')}</p>
      {cases.isPending && <Loading lines={4} />}
      {cases.isError && !rows && <ErrorState error={cases.error} onRetry={() => void cases.refetch()} />}
      {remove.error && <Notice tone="bad">{line(remove.error)}</Notice>}
      {rows?.length === 0 && <Empty title={t('firewall.cases.none')} text={t('firewall.cases.noneText')} />}
      {rows && rows.length > 0 && (
        <ul className="divide-y border-y">
          {rows.map((row) => (
            <Row key={row.id} row={row} onDelete={() => remove.mutate(row)} />
          ))}
        </ul>
      )}
    </>
  );
}

function Row({ row, onDelete }: { row: FirewallCase; onDelete: () => void }) {
  const { t } = useTexts();
  const name = useActionName();
  const passes = row.got === row.expected;
  const short = row.text.slice(0, 200);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-13">
      <div className="min-w-48 flex-1">
        <p className="break-words">
          <Foreign text={short} />
        </p>
        <p className="flex flex-wrap items-center gap-2 text-12 text-text-2">
          <Badge tone={passes ? 'good' : 'bad'}>
            {t(passes ? 'firewall.cases.passes' : 'firewall.cases.fails')}
          </Badge>
          {t('firewall.cases.expected', { action: name(row.expected, row.role) })}
          {!passes && <> · {t('firewall.cases.got', { action: name(row.got, row.role) })}</>} ·{' '}
          {row.createdBy} · <Time value={row.createdAt} />
        </p>
        {row.note && <p className="text-12 break-words text-text-2">{row.note}</p>}
        {row.reference && (
          <p className="text-12 break-all text-text-2">
            {t('firewall.cases.ofQuestion', { reference: row.reference })}
          </p>
        )}
      </div>
      <Button
        tone="quiet"
        aria-label={`${t('common.delete')}${t('common.colon')}${short.slice(0, 60)}`}
        onClick={onDelete}
      >
        {t('common.delete')}
      </Button>
    </li>
  );
}
