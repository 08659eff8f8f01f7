import type { Client } from './client.js';

/** Kinds of things that have an identifier, as the last word of the path before it. */
export const KINDS = [
  'users',
  'groups',
  'quotas',
  'words',
  'word-lists',
  'collections',
  'folders',
  'documents',
  'sources',
  'passages',
  'conversations',
  'messages',
  'drafts',
  'keys',
  'sessions',
  'questions',
  'cases',
] as const;
export type Kind = (typeof KINDS)[number];
/** Belong to one person: others of the same tenant must not see them either. */
export const PERSONAL: readonly Kind[] = ['conversations', 'messages', 'drafts', 'keys', 'sessions'];

export type World = Record<Kind, string>;

const QUESTION = 'How long is the warranty?';

/** One real thing of each kind, made over HTTP by an administrator; needs a worker. */
export async function makeWorld(admin: Client, slug: string): Promise<World> {
  const users = (
    await made(admin, '/api/admin/users', {
      email: `member@${slug}.example`,
      displayName: 'Member',
      roles: ['employee'],
    })
  ).id;
  const groups = (await made(admin, '/api/admin/groups', { name: `team-${slug}` })).id;
  const collections = (await made(admin, '/api/collections', { slug, name: slug })).id;
  const readers = [{ principal: `user:${String((await own(admin, '/api/session')).id)}`, effect: 'allow' }];
  await sent(admin, 'PUT', `/api/collections/${collections}/readers`, { readers });
  const folder = await made(admin, '/api/folders', { collectionId: collections, name: `folder of ${slug}` });
  const upload = await admin.upload(
    collections,
    `${slug}.md`,
    `# Warranty\n\nThe warranty of ${slug} lasts 24 months.\n`,
  );
  const documents = (upload.body as { id: string }).id;
  await admin.settled(documents);
  const passages = firstId(await own(admin, `/api/documents/${documents}/passages`));
  const { events } = await admin.ask(QUESTION);
  const accepted = events[0] as unknown as { reference: string; conversationId: string };
  const conversation = await own(admin, `/api/conversations/${accepted.conversationId}`);
  const messages = (conversation.messages as { id: string; role: string }[]).find(
    ({ role }) => role === 'assistant',
  );
  const draft = await admin.ask(QUESTION, {}, '/api/drafts');
  const policy = { requestsPerMinute: null, tokensPerDay: null, concurrentQuestions: 50 };
  const quota = await sent(admin, 'PUT', '/api/admin/quotas', {
    subjectKind: 'user',
    subjectId: users,
    ...policy,
  });
  await sent(admin, 'POST', '/api/admin/words', { words: [{ text: `secret of ${slug}` }] });
  const lists = await admin.call('POST', '/api/admin/word-lists', listForm(slug));
  const source = await made(admin, '/api/admin/sources', {
    name: slug,
    collectionId: collections,
    settings: { kind: 'archive' },
  });
  return {
    users,
    groups,
    collections,
    folders: folder.id,
    documents,
    sources: source.id,
    passages,
    conversations: accepted.conversationId,
    questions: accepted.reference,
    messages: messages?.id ?? '',
    drafts: String(draft.events[0]?.messageId),
    quotas: String(quota.id),
    words: firstId(await own(admin, '/api/admin/words')),
    'word-lists': (lists.body as { id: string }).id,
    keys: (await made(admin, '/api/keys', { name: slug })).id,
    sessions: firstId(await own(admin, '/api/account/sessions')),
    cases: (await made(admin, '/api/admin/firewall/cases', { text: `asked in ${slug}` })).id,
  };
}

function listForm(slug: string): FormData {
  const form = new FormData();
  form.append('name', slug);
  form.append('file', new Blob([`listed by ${slug}\n`]), 'list.txt');
  return form;
}

async function own(client: Client, path: string): Promise<Record<string, unknown>> {
  return sent(client, 'GET', path);
}

async function made(client: Client, path: string, body: object): Promise<{ id: string }> {
  return (await sent(client, 'POST', path, body)) as { id: string };
}

async function sent(client: Client, method: string, path: string, body?: object) {
  const answer = await client.call(method, path, body);
  if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
  return answer.body as Record<string, unknown>;
}

function firstId({ rows }: Record<string, unknown>): string {
  return (rows as { id: string }[])[0]?.id ?? '';
}
