import type { DraftRow } from '@lorekeep/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { EMPTY_ANSWER, type Answer } from '../ask/answer-state.js';
import { call } from '../kit/call.js';
import { usePages } from '../kit/use-pages.js';
import type { DraftRun } from './draft-run.js';

export const DRAFTS = ['drafts'];
/** A draft that another window is writing. */
const POLL_MS = 2_000;

export const useDrafts = () =>
  usePages<DraftRow>(DRAFTS, ({ limit, cursor, signal }) =>
    call('GET /api/drafts', { query: { limit, ...cursor }, signal }),
  );

export const useDraft = (id: string | undefined) =>
  useQuery({
    queryKey: ['draft', id],
    queryFn: ({ signal }) => call('GET /api/drafts/:id', { params: { id: id ?? '' }, signal }),
    enabled: id !== undefined,
    refetchInterval: (query) => (query.state.data?.state === 'writing' ? POLL_MS : false),
  });

export function useDraftActs(id: string, onDeleted: () => void) {
  const queryClient = useQueryClient();
  const update = useMutation({
    mutationFn: (body: { content?: string; state?: 'draft' | 'approved'; acceptWithheld?: boolean }) =>
      call('PATCH /api/drafts/:id', { params: { id }, body }),
    onSuccess: (row) => {
      queryClient.setQueryData(['draft', id], row);
      void queryClient.invalidateQueries({ queryKey: DRAFTS });
    },
  });
  const remove = useMutation({
    mutationFn: () => call('DELETE /api/drafts/:id', { params: { id } }),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: DRAFTS });
      onDeleted();
    },
  });
  return { update, remove };
}

/** A stored draft in the shape of an answer, to be shown the same way. */
export const answerOfDraft = (row: DraftRow): Answer => ({
  ...EMPTY_ANSWER,
  phase: row.state === 'writing' ? 'running' : 'done',
  reference: row.reference,
  citations: row.citations,
  text: row.content,
  marks: row.marks,
  model: row.model,
  refusal: row.refusal,
  outcome: row.state === 'failed' ? 'failed' : row.state === 'refused' ? 'refused' : 'answered',
});

/** A draft that is being written here, before the gateway shows it. */
export const rowOfRun = (id: string, run: DraftRun): DraftRow => ({
  id,
  customerMessage: run.customerMessage,
  tone: run.tone,
  content: run.answer.text,
  citations: [...run.answer.citations],
  marks: [...run.answer.marks],
  withheld: false,
  state: 'writing',
  refusal: null,
  reference: run.answer.reference,
  model: run.answer.model,
  createdAt: run.startedAt,
  updatedAt: run.startedAt,
});
