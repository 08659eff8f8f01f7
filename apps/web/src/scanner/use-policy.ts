import type { ScannerCategory, ScannerPolicyView } from '@lorekeep/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../kit/call.js';
import { useToast } from '../kit/toast.js';
import { useTexts } from '../locales/use-texts.js';

const POLICY = ['scanner-policy'];

export type Decision = Pick<ScannerCategory, 'action' | 'severity' | 'folds'>;
type Difference = Partial<Decision>;

/** The policy as stored, what was changed on the page, and how to save the whole. */
export function usePolicy() {
  const { t } = useTexts();
  const toast = useToast();
  const queryClient = useQueryClient();
  const [changed, setChanged] = useState<Record<string, Difference>>({});
  const [days, setDays] = useState<number | null>(null);
  const query = useQuery({
    queryKey: POLICY,
    queryFn: ({ signal }) => call('GET /api/admin/scanner/policy', { signal }),
  });
  const discard = () => {
    setChanged({});
    setDays(null);
  };
  const save = useMutation({
    mutationFn: (policy: ScannerPolicyView) =>
      call('PUT /api/admin/scanner/policy', {
        body: {
          over: policy.policyVersion,
          keepHitsDays: days ?? policy.keepHitsDays,
          categories: differences(policy, changed),
        },
      }),
    onSuccess: (next) => {
      queryClient.setQueryData(POLICY, next);
      discard();
      toast(t('scanner.policy.saved'));
    },
  });
  const change = (name: string, part: Difference) =>
    setChanged((before) => ({ ...before, [name]: { ...before[name], ...part } }));
  const dirty = Object.keys(changed).length > 0 || days !== null;
  return { query, changed, change, days, setDays, dirty, discard, save };
}

/** What the policy does about a category instead of what its words and lists say; null where they decide. */
export function useOverrides(): (category: string, own: string) => ScannerCategory['action'] {
  const { data } = useQuery({
    queryKey: POLICY,
    queryFn: ({ signal }) => call('GET /api/admin/scanner/policy', { signal }),
  });
  return (category, own) => overrideOf(data, category, own);
}

export function overrideOf(
  policy: ScannerPolicyView | undefined,
  category: string,
  own: string,
): ScannerCategory['action'] {
  const action = policy?.categories.find(({ name }) => name === category)?.action ?? null;
  return action === own ? null : action;
}

/** What differs from what is built in, by category; equal fields are left out, and so return to it. */
export function differences(
  policy: ScannerPolicyView,
  changed: Record<string, Difference>,
): Record<string, Difference> {
  const result: Record<string, Difference> = {};
  for (const category of policy.categories) {
    const { action, severity, folds } = { ...category, ...changed[category.name] };
    const { builtIn } = category;
    const difference: Difference = {
      ...(action !== builtIn.action && { action }),
      ...(severity !== builtIn.severity && { severity }),
      ...(!sameFolds(folds, builtIn.folds) && { folds }),
    };
    if (Object.keys(difference).length > 0) result[category.name] = difference;
  }
  return result;
}

export function sameFolds(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((fold) => other.includes(fold));
}
