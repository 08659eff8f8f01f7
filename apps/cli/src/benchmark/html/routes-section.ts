import type { RoutesReport } from '../bench-report.js';
import { routesHint, routesSetting } from '../routes/route-lines.js';
import { escapeHtml } from './escape-html.js';
import { htmlTable } from './html-table.js';

export function routesSection(routes: RoutesReport | null): string {
  if (!routes) return '';
  const rows = routes.useCases.map(({ useCase, models, isDefault, reason }) => [
    useCase,
    models.join(', '),
    isDefault ? 'default' : 'set',
    reason,
  ]);
  return (
    '<h2>Routes by these figures</h2>' +
    htmlTable('Models by use case, best first', ['use case', 'models', 'route', 'why'], rows, {
      texts: true,
    }) +
    `<pre>${escapeHtml(routesSetting(routes))}</pre><p class="quiet">${escapeHtml(routesHint(routes))}</p>`
  );
}
