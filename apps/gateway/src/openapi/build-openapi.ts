import { BODY_LIMIT, problem, routes, type RouteContract } from '@lorekeep/contracts';
import { z } from 'zod';

const VERSION = '0.1.0';
const TYPES = {
  'event-stream': 'text/event-stream',
  'json-lines': 'application/jsonl',
  binary: 'application/octet-stream',
  text: 'text/plain',
  multipart: 'multipart/form-data',
} as const;

/** The OpenAPI 3.1 document of every route in the contract; nothing in it is written twice. */
export function buildOpenApi(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, contract] of Object.entries(routes) as [string, RouteContract][]) {
    const path = contract.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[contract.method.toLowerCase()] = operation(name, contract);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Lorekeep',
      version: VERSION,
      description: 'Cited answers from documents that the caller may read.',
    },
    paths,
    components: {
      schemas: { Problem: schema(problem, 'output') },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'lorekeep_session' },
        key: { type: 'http', scheme: 'bearer', description: 'lk-…' },
      },
    },
  };
}

function operation(name: string, contract: RouteContract): Record<string, unknown> {
  const isOpen = contract.permission === 'public';
  return {
    operationId: name,
    summary: contract.summary,
    tags: [contract.tag],
    'x-lorekeep-permission': contract.permission,
    security: isOpen ? [] : [{ session: [] }, { key: [] }],
    ...(parameters(contract).length > 0 ? { parameters: parameters(contract) } : {}),
    ...(contract.body ? { requestBody: bodyOf(contract, contract.body) } : {}),
    responses: {
      [String(contract.status ?? 200)]: success(contract),
      default: {
        description: 'A problem',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function bodyOf(contract: RouteContract, body: NonNullable<RouteContract['body']>): Record<string, unknown> {
  const limit = contract.bodyLimit ?? BODY_LIMIT;
  return {
    required: true,
    description: `At most ${limit} bytes.`,
    'x-lorekeep-body-limit': limit,
    content: body === 'multipart' ? formOf(contract.form) : content(body, 'input'),
  };
}

function success(contract: RouteContract): Record<string, unknown> {
  if (contract.status === 204) return { description: 'Done' };
  return { description: contract.summary, content: content(contract.response, 'output') };
}

function content(
  part: NonNullable<RouteContract['body']> | RouteContract['response'],
  io: 'input' | 'output',
) {
  if (part instanceof z.ZodType) return { 'application/json': { schema: schema(part, io) } };
  return { [TYPES[part]]: { schema: { type: 'string' } } };
}

const FILE = { type: 'string', format: 'binary' };
/** What a document is uploaded with. */
const UPLOAD = {
  required: ['collectionId'],
  properties: { collectionId: { type: 'string', format: 'uuid' } },
};

/** A form has a file and the fields beside it. */
function formOf(form: z.ZodType | undefined): Record<string, unknown> {
  const fields = form ? (schema(form, 'input') as typeof UPLOAD) : UPLOAD;
  const { required, properties } = fields;
  return {
    [TYPES.multipart]: {
      schema: { type: 'object', required: [...required, 'file'], properties: { ...properties, file: FILE } },
    },
  };
}

function parameters(contract: RouteContract): Record<string, unknown>[] {
  const names = [...contract.path.matchAll(/:(\w+)/g)].map((match) => match[1] as string);
  const own = contract.params ? properties(contract.params) : {};
  const inPath = names.map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: own[name] ?? { type: 'string', format: 'uuid' },
  }));
  const query = contract.query ? schema(contract.query, 'input') : {};
  const required = new Set((query.required as string[] | undefined) ?? []);
  const inQuery = Object.entries((query.properties as Record<string, unknown> | undefined) ?? {}).map(
    ([name, value]) => ({
      name,
      in: 'query',
      required: required.has(name),
      schema: value,
    }),
  );
  return [...inPath, ...inQuery];
}

function properties(type: z.ZodType): Record<string, unknown> {
  return (schema(type, 'input').properties as Record<string, unknown> | undefined) ?? {};
}

function schema(type: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(type, { io, unrepresentable: 'any' });
  return rest;
}
