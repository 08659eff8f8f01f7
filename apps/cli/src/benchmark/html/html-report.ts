import type { BenchReport } from '../bench-report.js';
import { escapeHtml } from './escape-html.js';
import { modelSection } from './model-section.js';
import { routesSection } from './routes-section.js';
import { selectionTable } from './selection-table.js';
import { STYLE } from './style.js';

const TERMS: readonly (readonly [string, string])[] = [
  ['TTFT', 'time to the first token, reasoning too, from the moment the request is sent'],
  ['TPOT', 'time per output token after the first: (E2EL − TTFT) / (tokens − 1), of each request'],
  ['ITL', 'gaps between chunks of text, of all requests together'],
  ['E2EL', 'from sending to the last token'],
  ['goodput', 'requests a second that meet every goal'],
  [
    'our share',
    'part of the time of a 100-token answer (TTFT + 99 TPOT) through Lorekeep that the model server alone does not take',
  ],
];

/** One file without scripts and without anything from elsewhere; every name in it is escaped. */
export function htmlReport(report: BenchReport): string {
  const { settings } = report;
  const about = [
    `${report.startedAt.slice(0, 16).replace('T', ' ')} UTC`,
    `prompts of ${settings.inputTokens} tokens, answers of ${settings.outputTokens}`,
    `seed ${settings.seed}, temperature ${settings.temperature}`,
    settings.targets.map(({ label, url }) => `${label}: ${url}`).join(', '),
    `measured by Node ${report.client.node} on ${report.client.processors} processors`,
  ].join(' · ');
  const notes = report.interrupted
    ? [...report.notes, 'Interrupted: these figures are of what was measured until then.']
    : report.notes;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Lorekeep bench</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Lorekeep bench</h1>
<p class="quiet">${escapeHtml(about)}</p>
${selectionTable(report)}
${notes.map((note) => `<p class="quiet">${escapeHtml(note)}</p>`).join('\n')}
${routesSection(report.routes)}
${report.models.map(modelSection).join('\n')}
<h2>Terms</h2>
<ul>${TERMS.map(([term, text]) => `<li><b>${term}</b>: ${text}</li>`).join('')}</ul>
</main>
</body>
</html>
`;
}
