import type { WordRow } from '@lorekeep/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../kit/call.js';
import { useErrorLine } from '../kit/describe-error.js';
import { ApiProblem } from '../kit/problem.js';
import { useToast } from '../kit/toast.js';
import { useTexts } from '../locales/use-texts.js';
import { isDetectorCategory, useScannerNames } from '../scanner/use-scanner-names.js';

export interface ActionChange {
  row: WordRow;
  action: WordRow['action'];
  confirmed?: boolean;
}

/** Changes and removes words. What a word would do to nearly every answer is asked about first. */
export function useWordActs() {
  const { t } = useTexts();
  const toast = useToast();
  const line = useErrorLine();
  const names = useScannerNames();
  const queryClient = useQueryClient();
  const [asked, setAsked] = useState<ActionChange | null>(null);
  const onSuccess = () => void queryClient.invalidateQueries({ queryKey: ['words'] });
  const onError = (error: unknown) => toast(line(error));
  const update = useMutation({
    mutationFn: ({ row, action, confirmed = false }: ActionChange) =>
      call('PATCH /api/admin/words/:id', { params: { id: row.id }, body: { action, confirmed } }),
    onSuccess,
    onError: (error, change) => {
      if (isBroad(error)) setAsked(change);
      else onError(error);
    },
    onSettled: (_, __, { confirmed }) => confirmed && setAsked(null),
  });
  // It was there, so it is meant, whatever it hits.
  const restore = useMutation({
    mutationFn: ({ text, category, action, wholeWord, allow }: WordRow) =>
      call('POST /api/admin/words', {
        body: { words: [{ text, category, action, wholeWord, allow }], confirmed: true },
      }),
    onSuccess,
    onError,
  });
  const remove = useMutation({
    mutationFn: (row: WordRow) => call('DELETE /api/admin/words/:id', { params: { id: row.id } }),
    onSuccess: (_, row) => {
      onSuccess();
      if (isDetectorCategory(row.category))
        toast(t('admin.words.removedForGood', { word: row.text, category: names.category(row.category) }));
      else
        toast(t('admin.words.removed', { word: row.text }), {
          label: t('common.undo'),
          run: () => restore.mutate(row),
        });
    },
    onError,
  });
  return {
    update,
    remove,
    asked,
    accept: () => asked && update.mutate({ ...asked, confirmed: true }),
    dismiss: () => setAsked(null),
  };
}

/** The word would hit nearly every answer, and nobody has said yet that it is meant. */
export const isBroad = (error: unknown): error is ApiProblem =>
  error instanceof ApiProblem && error.problem.code === 'SCANNER_WORDS_BROAD';
