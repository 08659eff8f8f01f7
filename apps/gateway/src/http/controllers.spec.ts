import { describe, expect, it } from '@jest/globals';
import { RequestMethod, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { PERMISSIONS, routes, type RouteContract } from '@lorekeep/contracts';
import { CONTRACT } from '../edge/contract.decorator.js';
import { DeclaredPermissionGuard } from '../edge/declared-permission.guard.js';
import { controllers } from './controllers.js';

interface Handler {
  name: string;
  /** `GET /api/documents/:id`, as Nest will register it. */
  address: string;
  contract: RouteContract | undefined;
  /** Of the handler. */
  source: string;
}

const all = Object.entries(routes) as [string, RouteContract][];
const addressOf = ({ method, path }: RouteContract) => `${method} ${path}`;

function handlersOf(controller: new (...args: never[]) => object): Handler[] {
  const base = String(Reflect.getMetadata('path', controller) ?? '/').replace(/\/$/, '');
  const methods = Object.getOwnPropertyDescriptors(controller.prototype as object);
  return Object.entries(methods).flatMap(([name, { value }]) => {
    if (name === 'constructor' || typeof value !== 'function') return [];
    const path = Reflect.getMetadata('path', value) as string | undefined;
    if (path === undefined) return [];
    const method = RequestMethod[Reflect.getMetadata('method', value) as number];
    const contract = Reflect.getMetadata(CONTRACT, value) as RouteContract | undefined;
    const address = `${method} ${base}${path}`;
    return [{ name: `${controller.name}.${name}`, address, contract, source: String(value) }];
  });
}

describe('every route', () => {
  const handlers = controllers.flatMap(handlersOf);

  it('has a contract, and is registered where the contract says', () => {
    expect(handlers.length).toBeGreaterThan(50);
    expect(handlers.filter(({ contract }) => !contract).map(({ name }) => name)).toEqual([]);
    for (const { address, contract } of handlers) expect(address).toBe(addressOf(contract as RouteContract));
  });

  it('of the contract has exactly one handler', () => {
    const count = (contract: RouteContract) => handlers.filter((handler) => handler.contract === contract);
    expect(all.filter(([, contract]) => count(contract).length !== 1).map(([name]) => name)).toEqual([]);
    expect(new Set(all.map(([, contract]) => addressOf(contract))).size).toBe(all.length);
  });

  it('declares a permission of the closed list', () => {
    const known = new Set<string>([...PERMISSIONS, 'public']);
    expect(all.filter(([, { permission }]) => !known.has(permission)).map(([name]) => name)).toEqual([]);
  });

  it('is open to strangers only where it must be', () => {
    const open = all.filter(([, { permission }]) => permission === 'public').map(([name]) => name);
    expect(open.sort()).toEqual(['alive', 'metrics', 'openapi', 'ready', 'registerEngineHost', 'signIn']);
  });

  it('that changes something records it, or what it asks does', () => {
    const recording = /this\.(?:recorder|audit|act|path|accept|restart|signIns|stream)\b/;
    const silent = handlers
      .filter(({ contract, source }) => contract?.method !== 'GET' && !recording.test(source))
      .map(({ name }) => name);
    expect(silent.sort()).toEqual([
      // An installation's and no tenant's: every two seconds, in the log.
      'EngineHostsController.register',
      // Change nothing: what is asked is too long for an address.
      'FirewallSetupController.check',
      'FirewallSetupController.preview',
      'FirewallSetupController.version',
      'FirewallWorkbenchController.try',
      'WordsController.try',
    ]);
  });

  it('without a declared permission is refused by the guard, whoever calls', async () => {
    class Forgotten {
      handle(): string {
        return 'never reached';
      }
    }
    const guard = new DeclaredPermissionGuard(new Reflector(), ...([{}, {}, {}, {}] as unknown as Rest));
    const execution = {
      getHandler: () => Forgotten.prototype.handle,
      getClass: () => Forgotten,
      switchToHttp: () => {
        throw new Error('the guard looked at the request before it looked for a permission');
      },
    } as unknown as ExecutionContext;
    await expect(guard.canActivate(execution)).rejects.toMatchObject({
      status: 403,
      code: 'AUTH_ROUTE_WITHOUT_PERMISSION',
    });
  });
});

type Rest =
  ConstructorParameters<typeof DeclaredPermissionGuard> extends [unknown, ...infer Others] ? Others : never;
