import { useErrorLine } from '../kit/describe-error.js';
import { ApiProblem } from '../kit/problem.js';
import { Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { placeOf, type MistakePlace } from './mistake-names.js';
import { useCategoryName } from './use-names.js';
import type { DraftSetup } from './use-setup.js';

const RULE_FIELDS = ['id', 'category', 'kind', 'severity', 'paranoia', 'pattern'] as const;
const LINE_FIELDS = ['literals', 'catches', 'passes'] as const;
const EXCEPTION_FIELDS = {
  target: 'target',
  fragment: 'fragment',
  groupIds: 'group',
  reason: 'reason',
  expiresAt: 'until',
} as const;

/** What a draft was refused for, by the names under which people wrote it. */
export function Mistakes({ error, draft }: { error: unknown; draft: DraftSetup | null }) {
  const { t, say } = useTexts();
  const line = useErrorLine();
  const placed = usePlaceName();
  const mistakes = error instanceof ApiProblem ? (error.problem.errors ?? []) : [];
  if (mistakes.length === 0 || !draft) return <Notice tone="bad">{line(error)}</Notice>;
  return (
    <Notice tone="bad">
      <p>{t('firewall.changes.mistakes')}</p>
      <ul className="mt-1 flex flex-col gap-1">
        {mistakes.map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            <span className="font-medium break-words">{placed(placeOf(path, draft))}</span>
            {t('common.colon')}
            {say(message)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function usePlaceName(): (place: MistakePlace) => string {
  const { t } = useTexts();
  const category = useCategoryName();
  return (place) => {
    if (place.in === 'action') return t('firewall.changes.action', { name: category(place.name) });
    if (place.in === 'setup') return nameOfSetup(place.name, t);
    const isRule = place.in === 'rule';
    const name = t(isRule ? 'firewall.changes.rule' : 'firewall.changes.exception', {
      name: category(place.name),
    });
    const field = fieldName(place, t);
    const where = place.line === null ? field : t('firewall.changes.lineOf', { field, line: place.line });
    return where === '' ? name : t('firewall.changes.placeIn', { name, field: where });
  };
}

type Translate = ReturnType<typeof useTexts>['t'];

function nameOfSetup(name: string, t: Translate): string {
  if (name === 'shadow') return t('firewall.shadow');
  if (name === 'preset' || name === 'paranoia') return t(`firewall.changes.${name}`);
  if (name === 'rules' || name === 'exceptions') return t(`firewall.tabs.${name}`);
  return name;
}

function fieldName(place: MistakePlace & { field: string | null }, t: Translate): string {
  const lines = LINE_FIELDS.find((each) => each === place.field);
  if (place.in === 'rule' && lines) return t(`firewall.changes.fields.${lines}`);
  const rule = RULE_FIELDS.find((each) => each === place.field);
  if (place.in === 'rule' && rule) return t(`firewall.rule.${rule}`);
  const exception = Object.entries(EXCEPTION_FIELDS).find(([field]) => field === place.field)?.[1];
  if (place.in === 'exception' && exception) return t(`firewall.exception.${exception}`);
  return place.field ?? '';
}
