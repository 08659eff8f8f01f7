import { z } from 'zod';
import { citation, groundednessMark } from './ask.js';
import { cursorPageOf, cursorQuery, id, noContent, QUESTION_LIMIT, text, time } from './shapes.js';
import { route } from './route.js';

export const DRAFT_TONES = ['neutral', 'friendly', 'formal', 'brief'] as const;

export const draftRow = z.object({
  id,
  customerMessage: z.string(),
  tone: z.enum(DRAFT_TONES),
  content: z.string(),
  citations: z.array(citation),
  marks: z.array(groundednessMark).describe('sentences that their sources do not support'),
  withheld: z.boolean().describe('something of it is withheld now: masked, cut off, or replaced'),
  state: z.enum(['writing', 'draft', 'approved', 'refused', 'failed']),
  refusal: z.record(z.string(), z.unknown()).nullable(),
  reference: z.string().nullable(),
  model: z.string().nullable(),
  createdAt: time,
  updatedAt: time,
});
export type DraftRow = z.infer<typeof draftRow>;

export const draftRoutes = {
  drafts: route({
    method: 'GET',
    path: '/api/drafts',
    permission: 'drafts',
    summary: 'Own drafts',
    tag: 'drafts',
    query: cursorQuery,
    response: cursorPageOf(draftRow),
  }),
  createDraft: route({
    method: 'POST',
    path: '/api/drafts',
    permission: 'drafts',
    summary: 'Draft a reply; streamed like an answer, the first event carries the draft id as messageId',
    tag: 'drafts',
    body: z.strictObject({
      customerMessage: text(QUESTION_LIMIT),
      tone: z.enum(DRAFT_TONES).default('neutral'),
      instructions: text(2_000).optional(),
    }),
    response: 'event-stream',
  }),
  draft: route({
    method: 'GET',
    path: '/api/drafts/:id',
    permission: 'drafts',
    summary: 'One draft',
    tag: 'drafts',
    response: draftRow,
  }),
  updateDraft: route({
    method: 'PATCH',
    path: '/api/drafts/:id',
    permission: 'drafts',
    summary: 'Edit or approve',
    tag: 'drafts',
    body: z.strictObject({
      content: text(100_000, 0).optional(),
      state: z.enum(['draft', 'approved']).optional(),
      acceptWithheld: z
        .boolean()
        .default(false)
        .describe(
          'a reply of which something is withheld is approved as it is; without it that is refused (409)',
        ),
    }),
    response: draftRow,
  }),
  deleteDraft: route({
    method: 'DELETE',
    path: '/api/drafts/:id',
    permission: 'drafts',
    summary: 'Delete',
    tag: 'drafts',
    response: noContent,
    status: 204,
  }),
};
