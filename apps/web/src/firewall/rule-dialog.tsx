import { FIREWALL_ROLES, type FirewallOwnRule } from '@lorekeep/contracts';
import { useState } from 'react';
import { Button } from '../kit/button.js';
import { Dialog } from '../kit/dialog.js';
import { Checkbox, Field, Input, Select, TextArea } from '../kit/field.js';
import { useTexts } from '../locales/use-texts.js';
import { SEVERITIES, severityOf } from './severities.js';
import { linesOf, textsOf } from './text-lines.js';
import { CATEGORY_GROUPS, useCategoryName } from './use-names.js';
import { useRuleCheck } from './use-rule-check.js';

const OWN = 'own.';
const KINDS = ['artifact', 'judgment'] as const;
const CATEGORIES = [...CATEGORY_GROUPS.steering, ...CATEGORY_GROUPS.payloads, 'obfuscation'] as const;
const EMPTY: FirewallOwnRule = {
  ...{ id: OWN, category: 'direct-injection', kind: 'artifact', severity: 'high', paranoia: 1 },
  ...{ literals: [], pattern: '', roles: ['user', 'tool'], catches: [], passes: [] },
};
const TEXTS = ['literals', 'catches', 'passes'] as const;
type Lines = Record<(typeof TEXTS)[number], string>;

interface Props {
  rule: FirewallOwnRule | null;
  /** Names of the other rules. */
  taken: readonly string[];
  onClose: () => void;
  onTake: (rule: FirewallOwnRule) => void;
}

/** A rule with its tests. What is wrong with it is said at the field that one has left, and before it is taken. */
export function RuleDialog({ rule, taken, onClose, onTake }: Props) {
  const { t } = useTexts();
  const [value, setValue] = useState(rule ?? EMPTY);
  const [lines, setLines] = useState<Lines>(() => ({
    literals: linesOf(value.literals),
    catches: linesOf(value.catches),
    passes: linesOf(value.passes),
  }));
  const change = (part: Partial<FirewallOwnRule>) => setValue({ ...value, ...part });
  const given = rule ?? EMPTY;
  const listed = Object.fromEntries(
    TEXTS.map((field) => [field, textsOf(lines[field], given[field])]),
  ) as Record<keyof Lines, string[]>;
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const { mistakeOf, check } = useRuleCheck(taken);
  const whole = { ...value, ...listed };
  const errorOf = (field: string) => (left.has(field) ? mistakeOf(field) : undefined);
  const leave = (field: string) => {
    setLeft(new Set([...left, field]));
    void check(whole);
  };
  const ready =
    value.id.length > OWN.length &&
    value.pattern &&
    value.roles.length > 0 &&
    TEXTS.every((field) => listed[field].length > 0);
  const take = async () => {
    const found = await check(whole);
    setLeft(new Set([...left, ...found]));
    if (found.length === 0) onTake(whole);
  };
  return (
    <Dialog
      open
      wide
      onOpenChange={onClose}
      title={rule ? t('firewall.ruleEdit', { id: rule.id }) : t('firewall.ruleNew')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button tone="primary" disabled={!ready} onClick={() => void take()}>
            {t('firewall.take')}
          </Button>
        </>
      }
    >
      <Field label={t('firewall.rule.id')} hint={t('firewall.rule.idHint')} error={errorOf('id')}>
        {(field) => (
          <Input
            {...field}
            maxLength={60}
            value={value.id.slice(OWN.length)}
            onChange={({ target }) => change({ id: OWN + target.value })}
            onBlur={() => leave('id')}
          />
        )}
      </Field>
      <Names value={value} errorOf={errorOf} onChange={change} onLeave={leave} />
      <Field
        label={t('firewall.rule.pattern')}
        hint={t('firewall.rule.patternHint')}
        error={errorOf('pattern')}
      >
        {(field) => (
          <Input
            {...field}
            maxLength={1_000}
            spellCheck={false}
            className="font-mono text-13"
            value={value.pattern}
            onChange={({ target }) => change({ pattern: target.value })}
            onBlur={() => leave('pattern')}
          />
        )}
      </Field>
      <Texts lines={lines} errorOf={errorOf} onChange={setLines} onLeave={leave} />
      <Roles roles={value.roles} onChange={(roles) => change({ roles })} />
    </Dialog>
  );
}

/** Whose texts the rule reads: all that it may, so that nothing is changed unseen. */
function Roles({
  roles,
  onChange,
}: {
  roles: FirewallOwnRule['roles'];
  onChange: (roles: FirewallOwnRule['roles']) => void;
}) {
  const { t } = useTexts();
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-13 font-medium">{t('firewall.rule.roles')}</legend>
      {FIREWALL_ROLES.map((role) => (
        <Checkbox
          key={role}
          label={t(`firewall.bench.roles.${role}`)}
          checked={roles.includes(role)}
          onChange={({ target }) =>
            onChange(FIREWALL_ROLES.filter((each) => (each === role ? target.checked : roles.includes(each))))
          }
        />
      ))}
    </fieldset>
  );
}

interface TextsProps {
  lines: Lines;
  errorOf: (field: string) => string | undefined;
  onChange: (lines: Lines) => void;
  onLeave: (field: string) => void;
}

function Texts({ lines, errorOf, onChange, onLeave }: TextsProps) {
  const { t } = useTexts();
  return TEXTS.map((name) => (
    <Field
      key={name}
      label={t(`firewall.rule.${name}`)}
      hint={t(name === 'literals' ? 'firewall.rule.literalsHint' : 'firewall.rule.breakHint')}
      error={errorOf(name)}
    >
      {(field) => (
        <TextArea
          {...field}
          rows={3}
          className="font-mono text-13"
          value={lines[name]}
          onChange={({ target }) => onChange({ ...lines, [name]: target.value })}
          onBlur={() => onLeave(name)}
        />
      )}
    </Field>
  ));
}

interface NamesProps {
  value: FirewallOwnRule;
  errorOf: (field: string) => string | undefined;
  onChange: (part: Partial<FirewallOwnRule>) => void;
  onLeave: (field: string) => void;
}

function Names({ value, errorOf, onChange, onLeave }: NamesProps) {
  const { t } = useTexts();
  const name = useCategoryName();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t('firewall.rule.category')}>
        {(field) => (
          <Select
            {...field}
            value={value.category}
            onChange={({ target }) => onChange({ category: target.value })}
          >
            {CATEGORIES.map((category) => (
              <option key={category} value={category}>
                {name(category)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('firewall.rule.kind')}>
        {(field) => (
          <Select {...field} value={value.kind} onChange={({ target }) => onChange({ kind: target.value })}>
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`firewall.rule.kinds.${kind}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('firewall.rule.severity')} error={errorOf('severity')}>
        {(field) => (
          <Select
            {...field}
            onBlur={() => onLeave('severity')}
            value={severityOf(value)}
            onChange={({ target }) => onChange({ severity: target.value })}
          >
            {SEVERITIES.map((severity) => (
              <option key={severity} value={severity}>
                {t(`firewall.rule.severities.${severity}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('firewall.rule.paranoia')}>
        {(field) => (
          <Select
            {...field}
            value={value.paranoia}
            onChange={({ target }) => onChange({ paranoia: Number(target.value) })}
          >
            {([1, 2, 3, 4] as const).map((level) => (
              <option key={level} value={level}>
                {t(`firewall.levels.level${level}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
}
