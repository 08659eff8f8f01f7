import { z } from 'zod';
import { id, line, noContent, pageOf, pageQuery, text, time } from './shapes.js';
import { route } from './route.js';
import { POLICY_ACTIONS, SCAN_ACTIONS, SEVERITIES } from './vocabulary.js';

export const SCANNER_FOLDS = [
  ...['case', 'width', 'compatibility', 'traditional'],
  ...['homoglyph', 'interleave', 'repeat', 'leet', 'markup', 'pinyin'],
] as const;

const decision = z.object({
  action: z.enum(POLICY_ACTIONS).nullable().describe('null: each word or list has an action of its own'),
  severity: z.enum(SEVERITIES),
  folds: z.array(z.string()),
});
export const scannerCategory = decision.extend({
  name: z.string(),
  kind: z.enum(['tier', 'words', 'detector']).describe('where it comes from'),
  builtIn: decision,
  changed: z.boolean().describe('whether it differs from what is built in'),
  words: z.number().describe("words and listed words of the tenant; 0 for the product's own"),
});
export type ScannerCategory = z.infer<typeof scannerCategory>;
export const scannerPolicy = z.object({
  version: z.number(),
  policyVersion: z.number().describe('another one after every save of the policy; 0: never saved'),
  keepHitsDays: z.number(),
  folds: z.array(z.string()).describe('every fold there is'),
  categories: z.array(scannerCategory),
});
export type ScannerPolicyView = z.infer<typeof scannerPolicy>;
/** Names are checked by the scanner, which says which of them it does not know. */
const scannerPolicyBody = z.strictObject({
  over: z
    .number()
    .int()
    .min(0)
    .optional()
    .describe('the policyVersion that is replaced; 409 where another is in force'),
  keepHitsDays: z.number().int().min(1).max(3_650).optional(),
  categories: z
    .record(
      line(60),
      z.strictObject({
        action: text(20).nullable().optional(),
        severity: text(20).optional(),
        folds: z.array(text(20)).max(20).optional(),
      }),
    )
    .describe('what differs from what is built in; categories and fields left out return to it'),
});

export const WORD_LIST_STATES = ['checking', 'preview', 'active', 'undone', 'failed', 'discarded'] as const;
const wordListReport = z.object({
  encoding: z.string().nullable(),
  lines: z.number(),
  words: z.number().describe('words that are taken'),
  first: z.array(z.string()).optional().describe('the first ten of them, shortened; not of older lists'),
  problems: z.record(z.string(), z.number()).describe('lines left out or repaired, by kind'),
  examples: z.array(
    z.object({ problem: z.string(), line: z.number(), text: z.string().describe('shortened') }),
  ),
});
const wordListPreview = z.object({
  at: time,
  since: time,
  answers: z.number().describe('recent answers that were looked through'),
  characters: z.number(),
  complete: z.boolean().describe('false: there are more answers than are looked through'),
  hits: z.number(),
  answersHit: z.number(),
  hitsPer10000: z.number().describe('hits in 10,000 characters'),
  top: z.array(z.object({ word: z.string(), hits: z.number() })).describe('most hit first, 50 at most'),
  places: z.array(
    z.object({ word: z.string(), before: z.string(), match: z.string(), after: z.string(), at: time }),
  ),
});
export const wordList = z.object({
  id,
  name: z.string(),
  category: z.string(),
  action: z.enum(SCAN_ACTIONS),
  inForce: z
    .enum(POLICY_ACTIONS)
    .describe("what happens under today's policy: another action where the category's policy has one"),
  state: z.enum(WORD_LIST_STATES),
  stage: z.enum(['waiting', 'reading', 'compiling', 'previewing']).nullable().describe('while checking'),
  fileName: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  readBytes: z.number(),
  words: z.number(),
  report: wordListReport.nullable(),
  preview: wordListPreview.nullable(),
  previewing: z.boolean().describe('a preview is being made'),
  failure: z.string().nullable().describe('code of what the file cannot be taken for'),
  createdAt: time,
  createdBy: z.string().nullable(),
  confirmedAt: time.nullable(),
  confirmedBy: z.string().nullable(),
});
export type WordListRow = z.infer<typeof wordList>;

const gone = z.string().nullable().describe('null: deleted since');
const scanHitRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('word'), text: gone }).describe("a word of the tenant's own"),
  z.object({ kind: z.literal('list'), name: gone, entry: gone }).describe('an entry of an imported list'),
  z.object({ kind: z.literal('tier'), category: z.string() }).describe("one of the product's own words"),
  z.object({ kind: z.literal('detector'), name: z.string() }).describe('personal data or a secret'),
]);
export const scanHitRow = z.object({
  id: z.string(),
  at: time,
  reference: z.string().describe('trace id of the question'),
  channel: z.string(),
  ruleId: z.string(),
  rule: scanHitRule.describe('what fired'),
  category: z.string(),
  severity: z.enum(SEVERITIES),
  action: z.enum(SCAN_ACTIONS),
  start: z.number().describe('UTF-16 units of the original text of the channel'),
  end: z.number(),
  folds: z.array(z.string()).describe('folds that were needed'),
  original: z.string().nullable().describe('as it was written; of words alone'),
  folded: z.string().nullable().describe('as it was read: the folded text of the entry'),
  masked: z.string().nullable().describe('kind and length of personal data or a secret'),
});
export type ScanHitRow = z.infer<typeof scanHitRow>;

const admin = { permission: 'admin.words', tag: 'admin' } as const;

export const scannerRoutes = {
  scannerPolicy: route({
    ...admin,
    method: 'GET',
    path: '/api/admin/scanner/policy',
    summary: 'What the scanner does, by category',
    response: scannerPolicy,
  }),
  setScannerPolicy: route({
    ...admin,
    method: 'PUT',
    path: '/api/admin/scanner/policy',
    summary: 'Set what the scanner does by category; all or nothing',
    body: scannerPolicyBody,
    response: scannerPolicy,
  }),
  wordLists: route({
    ...admin,
    method: 'GET',
    path: '/api/admin/word-lists',
    summary: 'Imported lists of words, newest first',
    query: pageQuery,
    response: pageOf(wordList),
  }),
  importWordList: route({
    ...admin,
    method: 'POST',
    path: '/api/admin/word-lists',
    summary:
      'Import a list (multipart: name, category, action, then file, txt or csv); nothing is in force yet',
    body: 'multipart',
    response: wordList,
    status: 202,
    bodyLimit: 1024 * 1024 * 1024,
  }),
  wordList: route({
    ...admin,
    method: 'GET',
    path: '/api/admin/word-lists/:id',
    summary: 'One list, with its report and preview',
    response: wordList,
  }),
  cancelWordList: route({
    ...admin,
    method: 'POST',
    path: '/api/admin/word-lists/:id/cancel',
    summary: 'End the check that is under way; the list is discarded',
    response: wordList,
  }),
  previewWordList: route({
    ...admin,
    method: 'POST',
    path: '/api/admin/word-lists/:id/preview',
    summary: 'Make the preview again, from the answers of now',
    response: wordList,
    status: 202,
  }),
  confirmWordList: route({
    ...admin,
    method: 'POST',
    path: '/api/admin/word-lists/:id/confirm',
    summary: 'Put a list in force, for the first time or again',
    response: wordList,
  }),
  undoWordList: route({
    ...admin,
    method: 'POST',
    path: '/api/admin/word-lists/:id/undo',
    summary: 'Put a list out of force; it can be confirmed again',
    response: wordList,
  }),
  deleteWordList: route({
    ...admin,
    method: 'DELETE',
    path: '/api/admin/word-lists/:id',
    summary: 'Delete a list that is not in force, for good',
    response: noContent,
    status: 204,
  }),
  scanHits: route({
    method: 'GET',
    path: '/api/scanner/hits',
    permission: 'scanner.hits',
    summary: 'What was found in answers, newest first; the reading is recorded',
    tag: 'audit',
    query: z.strictObject({
      from: time.optional(),
      to: time.optional(),
      reference: z
        .string()
        .regex(/^[0-9a-f]{8,32}$/)
        .optional()
        .describe('its beginning is enough: 8 characters are what a caller is shown'),
      category: line(60).optional(),
      action: z.enum(SCAN_ACTIONS).optional(),
      severity: z.enum(SEVERITIES).optional(),
      channel: text(40).optional(),
      before: z
        .string()
        .regex(/^\d{1,18}$/)
        .optional()
        .describe('the `next` of the page before'),
      limit: z.coerce.number().int().min(1).max(200).default(100),
    }),
    response: z.object({ rows: z.array(scanHitRow), next: z.string().nullable() }),
  }),
};
