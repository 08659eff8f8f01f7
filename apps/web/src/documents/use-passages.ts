import { useQuery } from '@tanstack/react-query';
import { call } from '../kit/call.js';

/** The gateway records each reading, so a document that was opened is not fetched again for a while. */
const FRESH_MS = 5 * 60_000;

export const usePassages = (documentId: string) =>
  useQuery({
    queryKey: ['passages', documentId],
    queryFn: ({ signal }) => call('GET /api/documents/:id/passages', { params: { id: documentId }, signal }),
    staleTime: FRESH_MS,
  });
