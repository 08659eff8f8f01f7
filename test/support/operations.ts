/** The part of a JSON Schema that our OpenAPI document uses. */
export interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  format?: string;
  pattern?: string;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  maxLength?: number;
}

export interface Operation {
  id: string;
  method: string;
  /** With `{id}` where an identifier stands. */
  path: string;
  permission: string;
  parameters: { name: string; in: 'path' | 'query'; required: boolean; schema: Schema }[];
  /** JSON body, where it has one. */
  body: Schema | null;
  isForm: boolean;
  /** Bytes. */
  bodyLimit: number | null;
  streams: boolean;
}

interface Described {
  operationId: string;
  'x-lorekeep-permission': string;
  parameters?: Operation['parameters'];
  requestBody?: { 'x-lorekeep-body-limit': number; content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, unknown> }>;
}

/** Every operation of the OpenAPI document that the gateway serves, in its order. */
export async function loadOperations(url: string): Promise<Operation[]> {
  const response = await fetch(`${url}/api/openapi.json`);
  const { paths } = (await response.json()) as { paths: Record<string, Record<string, Described>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => operationOf(method.toUpperCase(), path, described)),
  );
}

function operationOf(method: string, path: string, described: Described): Operation {
  const content = described.requestBody?.content ?? {};
  return {
    id: described.operationId,
    method,
    path,
    permission: described['x-lorekeep-permission'],
    parameters: described.parameters ?? [],
    body: content['application/json']?.schema ?? null,
    isForm: 'multipart/form-data' in content,
    bodyLimit: described.requestBody?.['x-lorekeep-body-limit'] ?? null,
    streams: Object.values(described.responses).some(
      (answer) => 'text/event-stream' in (answer.content ?? {}),
    ),
  };
}

/** The address with its path parameters filled in; `more` becomes the query. */
export function addressOf(
  operation: Operation,
  values: Record<string, string>,
  more: Record<string, string> = {},
): string {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${operation.id} needs ${name}`);
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams(more).toString();
  return query ? `${path}?${query}` : path;
}

/** What a schema with a choice may be; none where there is no choice. */
export function variantsOf(schema: Schema): Schema[] {
  if (Array.isArray(schema.type)) return schema.type.map((type) => ({ ...schema, type }));
  return schema.anyOf ?? [];
}

/** A value that the schema accepts, with everything that is optional left out. */
export function sampleOf(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [first] = variantsOf(schema);
  if (first) return sampleOf(first);
  switch (schema.type) {
    case 'object': {
      const wanted = (schema.required ?? []).map((name) => [name, sampleOf(schema.properties?.[name] ?? {})]);
      return Object.fromEntries(wanted) as Record<string, unknown>;
    }
    case 'array':
      return schema.items ? [sampleOf(schema.items)] : [];
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return false;
    case 'null':
      return null;
    default:
      return textOf(schema);
  }
}

function textOf(schema: Schema): string {
  if (schema.format === 'uuid') return '6f1b4d1e-8f3a-4f0e-9d55-3c1d2a7b9e10';
  if (schema.format === 'email') return 'somebody@example.org';
  if (schema.format === 'date-time') return '2030-01-01T00:00:00Z';
  if (schema.pattern?.includes('everyone')) return 'everyone';
  return 'sample';
}
