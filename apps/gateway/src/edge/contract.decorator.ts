import { applyDecorators, Delete, Get, HttpCode, Patch, Post, Put, SetMetadata } from '@nestjs/common';
import type { RouteContract } from '@lorekeep/contracts';

export const CONTRACT = 'lorekeep:contract';

const METHODS = { GET: Get, POST: Post, PUT: Put, PATCH: Patch, DELETE: Delete } as const;

/** Binds a handler to its route of the contract: method, path, status, permission, body. */
export function Contract(contract: RouteContract): MethodDecorator {
  return applyDecorators(
    METHODS[contract.method](contract.path),
    HttpCode(contract.status ?? 200),
    SetMetadata(CONTRACT, contract),
  );
}
