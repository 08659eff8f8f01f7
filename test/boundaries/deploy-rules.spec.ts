import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { findTools } from '../support/find-tools.mjs';

const HERE = 'deploy/observability';
const PROMTOOL = findTools().found.PROMTOOL_PATH;
const withPromtool = PROMTOOL ? it : it.skip;

interface Rule {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { summary: string; runbook: string };
}
interface Expectation {
  alertname: string;
  exp_alerts: unknown[];
}
const read = (folder: string, name: string): string => readFileSync(join(HERE, folder, name), 'utf8');
const files = readdirSync(join(HERE, 'rules'));
const rulesOf = (name: string): Rule[] =>
  (parse(read('rules', name)) as { groups: { rules: Rule[] }[] }).groups.flatMap(({ rules }) => rules);
const rules = files.flatMap(rulesOf);

/** promtool's judgement of these tests, in a folder laid out like deploy/observability. */
function judge(folder: string, names = files): { status: number | null; said: string } {
  const tests = names.map((name) => join(folder, 'tests', name));
  const { status, stdout, stderr } = spawnSync(PROMTOOL ?? '', ['test', 'rules', ...tests], {
    encoding: 'utf8',
  });
  return { status, said: `${stdout}${stderr}` };
}

describe('the alerts', () => {
  withPromtool('are rules and settings that promtool accepts', () => {
    const check = (...args: string[]) => spawnSync(PROMTOOL ?? '', ['check', ...args], { encoding: 'utf8' });
    const paths = files.map((name) => join(HERE, 'rules', name));
    expect(check('rules', '--lint-fatal', ...paths).status).toBe(0);
    expect(check('config', '--syntax-only', join(HERE, 'prometheus.yaml')).status).toBe(0);
  });

  withPromtool('fire when they should, and not beside it', () => {
    const { status, said } = judge(HERE);
    expect([status, status === 0 ? '' : said]).toEqual([0, '']);
  });

  withPromtool.each(rules.map(({ alert }) => alert))('%s has a test that notices its absence', (alert) => {
    const folder = mkdtempSync(join(tmpdir(), 'rules-'));
    cpSync(HERE, folder, { recursive: true });
    const own = files.filter((name) => rulesOf(name).some((rule) => rule.alert === alert));
    for (const name of own) {
      const renamed = read('rules', name).replace(new RegExp(`alert: ${alert}$`, 'm'), 'alert: Another');
      writeFileSync(join(folder, 'rules', name), renamed);
    }
    const { status, said } = judge(folder, own);
    rmSync(folder, { recursive: true });
    expect(status).toBe(1);
    expect(said).toContain(alert);
  });

  withPromtool('stand beside a dashboard whose queries can be read', () => {
    const { panels } = JSON.parse(read('grafana', 'engine.json')) as {
      panels: { id: number; type: string; targets?: { expr: string }[] }[];
    };
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const queries = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    expect(queries.length).toBeGreaterThan(30);
    const filled = queries.map((query) =>
      query.replaceAll('$__rate_interval', '5m').replaceAll('$model', '.*'),
    );
    expect(filled.filter((query) => query.includes('$'))).toEqual([]);
    const records = filled.map((expr, at) => ({ record: `panel_${at}`, expr }));
    const folder = mkdtempSync(join(tmpdir(), 'rules-'));
    const file = join(folder, 'queries.yaml');
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'queries', rules: records }] }));
    const { status, stderr } = spawnSync(PROMTOOL ?? '', ['check', 'rules', file], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect([status, stderr]).toEqual([0, '']);
  });

  it('are each expected to fire and to stay silent, and have a runbook', () => {
    const expected = files
      .flatMap(
        (name) => (parse(read('tests', name)) as { tests: { alert_rule_test: Expectation[] }[] }).tests,
      )
      .flatMap(({ alert_rule_test }) => alert_rule_test);
    const sections = read('', 'RUNBOOKS.md');
    for (const { alert, labels, annotations } of rules) {
      const mine = expected.filter(({ alertname }) => alertname === alert);
      expect([alert, mine.some(({ exp_alerts }) => exp_alerts.length > 0)]).toEqual([alert, true]);
      expect(['info', 'warning', 'critical']).toContain(labels.severity);
      expect(annotations.runbook).toBe(`${HERE}/RUNBOOKS.md#${alert.toLowerCase()}`);
      expect(sections).toMatch(
        new RegExp(`^## ${alert}\\n\\n\\*\\*Means\\.\\*\\* .+\\n\\*\\*Do\\.\\*\\* .+`, 'm'),
      );
    }
    expect(sections.match(/^## /gm)).toHaveLength(rules.length);
  });
});
