import type { RoutesReport } from '../bench-report.js';

/** As a line of `.env` and of a shell. */
export const routesSetting = ({ value }: RoutesReport): string => `INFERENCE_ROUTES="${value}"`;

export function routesHint({ value }: RoutesReport): string {
  return value === ''
    ? 'Every default stands: the setting stays empty.'
    : 'A setting for the gateway. What it does not name keeps its default; what it names is answered by these models alone: add those that were not measured.';
}

export function routeLines(routes: RoutesReport): string[] {
  return [
    'Routes by these figures',
    ...routes.useCases.map(
      ({ useCase, models, isDefault, reason }) =>
        `  ${useCase}: ${models.join(', ')}${isDefault ? ' (default)' : ''}: ${reason}`,
    ),
    '',
    routesSetting(routes),
    routesHint(routes),
  ];
}
