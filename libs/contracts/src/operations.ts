import { z } from 'zod';
import { route } from './route.js';

const state = z.object({
  status: z.enum(['ok', 'degraded', 'unavailable']),
  checks: z.record(z.string(), z.string()).optional(),
});

export const operationsRoutes = {
  alive: route({
    method: 'GET',
    path: '/healthz',
    permission: 'public',
    summary: 'The process answers',
    tag: 'operations',
    response: state,
  }),
  ready: route({
    method: 'GET',
    path: '/readyz',
    permission: 'public',
    summary:
      'Whether questions can be sent here; degraded: they are answered, but something that was set up is missing',
    tag: 'operations',
    response: state,
  }),
  metrics: route({
    method: 'GET',
    path: '/metrics',
    permission: 'public',
    summary: 'Prometheus metrics',
    tag: 'operations',
    response: 'text',
  }),
  openapi: route({
    method: 'GET',
    path: '/api/openapi.json',
    permission: 'public',
    summary: 'This description',
    tag: 'operations',
    response: z.record(z.string(), z.unknown()),
  }),
};
