import { describe, expect, it } from '@jest/globals';
import { parseRoutes, type InferenceObserver, type InferenceState } from '@lorekeep/inference';
import { ManualClock } from '@lorekeep/kit/clock';
import { AwaySince, ModelServers } from './model-servers.js';

type Row = InferenceState['replicas'][number];
const up = (name: string, ...models: string[]): Row => ({
  ...{ name, models, state: 'closed', reason: null, running: 0, share: 1, instances: [] },
});
const away = (name: string, ...models: string[]): Row => ({
  ...up(name, ...models),
  state: 'open',
  reason: 'gone',
});
const SILENT = {} as InferenceObserver;

function serversOf(
  replicas: Row[],
  settings: { models?: string[]; routes?: string } = {},
  since?: AwaySince,
) {
  const config = { INFERENCE_MODELS: settings.models ?? [], INFERENCE_ROUTES: settings.routes ?? '' };
  const inference = { state: () => ({ waiting: 0, replicas }) };
  return new ModelServers(inference, since ?? new AwaySince(new ManualClock()), config);
}

describe('the model servers as administrators see them', () => {
  it('are none, all there, some there or all away', () => {
    const states = [[], [up('a', 'm')], [up('a', 'm'), away('b', 'm')], [away('a'), away('b')]].map(
      (rows) => {
        const servers = serversOf(rows);
        return [servers.state, servers.show().state];
      },
    );
    expect(states).toEqual(['none', 'ok', 'degraded', 'away'].map((state) => [state, state]));
  });

  it('name who is away, since when and why, and what it costs', () => {
    const clock = new ManualClock();
    const since = new AwaySince(clock);
    const heard: unknown[] = [];
    const observer = since.around({ ...SILENT, replicaChanged: (...change) => void heard.push(change) });
    const at = new Date(clock.now());
    observer.replicaChanged('b:1', 'open', 'gone');
    clock.advance(5_000);
    observer.replicaChanged('b:1', 'open', 'silent');
    const replicas = [up('a:1', 'm'), away('b:1', 'n')];
    expect(serversOf(replicas, { routes: 'code: n' }, since).show()).toEqual({
      state: 'degraded',
      servers: [
        { name: 'a:1', state: 'up', reason: null, since: null, models: ['m'], instances: [] },
        {
          ...{ name: 'b:1', state: 'away', reason: 'gone', since: at.toISOString() },
          ...{ models: ['n'], instances: [] },
        },
      ],
      served: ['m', 'n'],
      unserved: [],
      quoted: ['code'],
    });
    expect(heard).toHaveLength(2);
    observer.replicaChanged('b:1', 'closed', null);
    expect(since.of('b:1')).toBeNull();
  });

  it('tell a host whose models start, and one whose models fail, from one that is gone', () => {
    const instance = {
      ...{ id: 'm-0', model: 'm', reason: null, retryAt: null, rung: 0, rungs: [], restarts: 0 },
      ...{ context: 4096, sequences: 8, utilization: 0.9 },
    };
    const progress = { stage: 'weights' as const, percent: 40, remainingSeconds: 12 };
    const starting: Row['instances'] = [{ ...instance, state: 'starting', progress }];
    const failed: Row['instances'] = [{ ...instance, state: 'failed', progress: null, reason: 'No room.' }];
    const { servers } = serversOf([
      { ...away('a'), instances: starting },
      { ...away('b'), instances: failed },
      { ...away('c'), reason: 'unauthorized', instances: failed },
      { ...up('d', 'm'), instances: [{ ...instance, state: 'ready', progress: null }] },
    ]).show();
    expect(servers.map(({ reason }) => reason)).toEqual(['starting', 'failed', 'unauthorized', null]);
    expect(servers[0]?.instances).toEqual(starting);
  });

  it('name the models of the settings that nobody serves, and those that somebody away may serve', () => {
    const policy = { allowed: ['m', 'x'], routes: parseRoutes('code: y') ?? {} };
    const settings = { models: ['m', 'z'] };
    expect(serversOf([up('a', 'm')], settings).show(policy)).toMatchObject({
      state: 'degraded',
      unserved: [
        { model: 'x', from: 'allowedModels', certain: true },
        { model: 'y', from: 'modelRoutes', certain: true },
        { model: 'z', from: 'INFERENCE_MODELS', certain: true },
      ],
      quoted: ['code'],
    });
    const rest = { allowed: null, routes: {} };
    expect(serversOf([up('a', 'm'), away('b')], { routes: 'question: w' }).show(rest).unserved).toEqual([
      { model: 'w', from: 'INFERENCE_ROUTES', certain: false },
    ]);
    expect(serversOf([], settings).show(rest)).toMatchObject({ state: 'none', unserved: [], quoted: [] });
  });
});
