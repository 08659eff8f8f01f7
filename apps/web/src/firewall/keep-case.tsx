import { FIREWALL_ACTIONS, type FirewallCase } from '@lorekeep/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../kit/button.js';
import { call } from '../kit/call.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Select } from '../kit/field.js';
import { Notice } from '../kit/states.js';
import { useToast } from '../kit/toast.js';
import { useTexts } from '../locales/use-texts.js';
import { expectedOf } from './expected-of.js';
import { useActionName } from './use-names.js';

type Expected = FirewallCase['expected'];

/** Keeps a text as a test, and says whether it was kept. */
export function useKeepCase() {
  const kept = useKept();
  return useMutation({
    mutationFn: (body: Pick<FirewallCase, 'text' | 'role' | 'expected' | 'reference'>) =>
      call('POST /api/admin/firewall/cases', { body: { ...body, note: '' } }),
    onSuccess: kept,
  });
}

function useKept(): () => void {
  const { t } = useTexts();
  const toast = useToast();
  const queryClient = useQueryClient();
  return () => {
    void queryClient.invalidateQueries({ queryKey: ['firewall-cases'] });
    toast(t('firewall.cases.added'));
  };
}

/** The same of a question of the audit, whose text the gateway takes from its record. */
export function useKeepQuestion(reference: string) {
  const kept = useKept();
  return useMutation({
    mutationFn: (role: FirewallCase['role']) =>
      call('POST /api/audit/questions/:reference/false-alarm', { params: { reference }, body: { role } }),
    onSuccess: kept,
  });
}

/** The same of the words for which a document is in quarantine. */
export function useKeepAlarm() {
  const kept = useKept();
  return useMutation({
    mutationFn: (body: { documentId: string; finding: number }) =>
      call('POST /api/admin/firewall/cases/of-document', { body }),
    onSuccess: kept,
  });
}

interface Props extends Pick<FirewallCase, 'text' | 'role'> {
  /** What is decided now, and under the draft. */
  inForce: Expected;
  drafted: Expected | null;
}

/** A text of the workbench as a test: what should be decided about it. */
export function KeepCase({ text, role, inForce, drafted }: Props) {
  const { t } = useTexts();
  const line = useErrorLine();
  const name = useActionName();
  const keep = useKeepCase();
  const [expected, setExpected] = useState(() => expectedOf(inForce, drafted));
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 text-13">
        <Button
          busy={keep.isPending}
          disabled={keep.isSuccess}
          onClick={() => keep.mutate({ text, role, expected, reference: null })}
        >
          {t('firewall.bench.keep')}
        </Button>
        <span aria-hidden="true">{t('firewall.bench.keepAs')}</span>
        <Select
          fit
          aria-label={t('firewall.bench.keepAs')}
          value={expected}
          onChange={({ target }) =>
            setExpected(FIREWALL_ACTIONS.find((each) => each === target.value) ?? 'allow')
          }
        >
          {FIREWALL_ACTIONS.map((action) => (
            <option key={action} value={action}>
              {name(action, role)}
            </option>
          ))}
        </Select>
      </div>
      {expected !== inForce && (
        <p className="text-12 text-text-2">
          {t('firewall.bench.keepFails', { action: name(inForce, role) })}
        </p>
      )}
      {keep.error && <Notice tone="bad">{line(keep.error)}</Notice>}
    </>
  );
}
