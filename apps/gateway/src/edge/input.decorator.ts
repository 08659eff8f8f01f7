import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { RouteContract } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import { idParams } from '@lorekeep/contracts';
import { RequestError } from '@lorekeep/kit/errors';
import { z } from 'zod';
import { CONTRACT } from './contract.decorator.js';
import { plainMistake } from './plain-mistake.js';
import type { EdgeRequest } from './request.js';

/** Mistakes told to the caller at once. */
const DETAIL_LIMIT = 20;

export const Ctx = createParamDecorator((_: unknown, execution: ExecutionContext): CallContext => {
  const { ctx } = execution.switchToHttp().getRequest<EdgeRequest>().edge;
  if (!ctx) throw new Error('a handler asked for the context of a public route');
  return ctx;
});

/** The request's body, query or parameters as its contract describes them; a mistake is a 400 that says where. */
export const Input = createParamDecorator(
  (part: 'body' | 'query' | 'params', execution: ExecutionContext) => {
    const contract = Reflect.getMetadata(CONTRACT, execution.getHandler()) as RouteContract;
    const request = execution.switchToHttp().getRequest<EdgeRequest>();
    if (part === 'body' && request.isMultipart()) {
      throw new RequestError(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send application/json, not a form.');
    }
    return parseInput(contract, part, request[part]);
  },
);

export function parseInput(
  contract: RouteContract,
  part: 'body' | 'query' | 'params',
  value: unknown,
): unknown {
  return parse(schemaOf(contract, part), part, value);
}

/** The fields of a form; `@Input` reads none, since a form comes in parts. */
export function parseForm<Fields>(schema: z.ZodType<Fields>, value: object): Fields {
  return parse(schema, 'form', value) as Fields;
}

function parse(schema: z.ZodType, part: 'body' | 'query' | 'params' | 'form', value: unknown): unknown {
  const result = schema.safeParse(value === undefined ? {} : value, { error: plainMistake });
  if (result.success) return result.data;
  const details = result.error.issues.slice(0, DETAIL_LIMIT).map((issue) => ({
    path: issue.path.map(String).join('.'),
    message:
      issue.code === 'unrecognized_keys'
        ? `unknown field: ${issue.keys.slice(0, 5).join(', ').slice(0, 200)}`
        : issue.message,
  }));
  // An identifier that cannot exist is answered like one that does not.
  if (part === 'params') throw new RequestError(404, 'NOT_FOUND', 'There is nothing here that you may see.');
  const first = details[0];
  const where = first?.path ? `${first.path}: ${first.message}` : (first?.message ?? 'not valid');
  throw new RequestError(400, 'INVALID_REQUEST', `The ${part} is not valid: ${where}.`, details);
}

function schemaOf(contract: RouteContract, part: 'body' | 'query' | 'params'): z.ZodType {
  if (part === 'body') {
    if (contract.body instanceof z.ZodType) return contract.body;
    throw new Error(`${contract.path} has no body schema`);
  }
  const schema = part === 'query' ? contract.query : (contract.params ?? idParams);
  if (!schema) throw new Error(`${contract.path} declares no ${part}`);
  return schema;
}
