import { Checkbox, Field, Select } from '../kit/field.js';
import { useFormats } from '../kit/format.js';
import { useTexts } from '../locales/use-texts.js';
import {
  CATEGORY_GROUPS,
  GROUP_NAMES,
  roleOfCategory,
  useActionName,
  useCategoryName,
  type CategoryGroup,
} from './use-names.js';
import type { DraftSetup, SetupView } from './use-setup.js';
import { Versions } from './versions.js';

interface Props {
  view: SetupView;
  setup: DraftSetup;
  onChange: (part: Partial<DraftSetup>) => void;
}

const LEVELS = [1, 2, 3, 4] as const;

/** Preset, level, shadow mode, and what is done by category. */
export function PolicyTab({ view, setup, onChange }: Props) {
  const { t } = useTexts();
  const least = view.levels[setup.preset];
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('firewall.preset')} hint={t(`firewall.presetHints.${setup.preset}`)}>
          {(field) => (
            <Select
              {...field}
              value={setup.preset}
              onChange={({ target }) =>
                onChange({ preset: target.value === 'strict' ? 'strict' : 'balanced' })
              }
            >
              <option value="balanced">{t('firewall.presets.balanced')}</option>
              <option value="strict">{t('firewall.presets.strict')}</option>
            </Select>
          )}
        </Field>
        <Field label={t('firewall.level')} hint={least > 1 && t('firewall.levelHint', { level: least })}>
          {(field) => (
            <Select
              {...field}
              value={Math.max(setup.paranoia, least)}
              onChange={({ target }) => onChange({ paranoia: Number(target.value) })}
            >
              {LEVELS.filter((level) => level >= least).map((level) => (
                <option key={level} value={level}>
                  {t(`firewall.levels.level${level}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <Checkbox
        label={t('firewall.shadow')}
        hint={t('firewall.shadowHint')}
        checked={setup.shadow}
        onChange={(event) => onChange({ shadow: event.target.checked })}
      />
      <p className="text-13 text-text-2">{t('firewall.refuseNote')}</p>
      {GROUP_NAMES.map((group) => (
        <Group key={group} group={group} view={view} setup={setup} onChange={onChange} />
      ))}
      <Classifier classifier={view.classifier} />
      <Versions onAdopt={onChange} />
    </>
  );
}

/** Whether a model of the operator's looks at what the rules doubt. */
function Classifier({ classifier: { state, reason } }: Pick<SetupView, 'classifier'>) {
  const { t, say } = useTexts();
  return (
    <section aria-label={t('firewall.classifier.title')}>
      <h2 className="text-14 font-semibold">{t('firewall.classifier.title')}</h2>
      <p className="text-13 break-words text-text-2">
        {t(`firewall.classifier.${state}`)} {reason && say(reason)}
      </p>
    </section>
  );
}

function Group({ group, view, setup, onChange }: Props & { group: CategoryGroup }) {
  const { t } = useTexts();
  const known: readonly string[] = CATEGORY_GROUPS[group];
  const rows = view.categories.filter(({ category }) => known.includes(category));
  return (
    <section aria-label={t(`firewall.groups.${group}`)}>
      <h2 className="text-14 font-semibold">{t(`firewall.groups.${group}`)}</h2>
      <p className="mb-2 text-13 text-text-2">{t(noteOf(group, setup.preset))}</p>
      <ul className="divide-y border-y">
        {rows.map((row) => (
          <Category key={row.category} row={row} setup={setup} onChange={onChange} />
        ))}
      </ul>
    </section>
  );
}

/** In the strict preset nobody asks whether a payload is only talked about. */
function noteOf(group: CategoryGroup, preset: DraftSetup['preset']) {
  return group === 'payloads' && preset === 'strict'
    ? 'firewall.groupNotes.payloadsStrict'
    : (`firewall.groupNotes.${group}` as const);
}

function Category({ row, setup, onChange }: Omit<Props, 'view'> & { row: SetupView['categories'][number] }) {
  const { t } = useTexts();
  const formats = useFormats();
  const name = useCategoryName()(row.category);
  const actionName = useActionName();
  const role = roleOfCategory(row.category);
  const usual = row.usual[setup.preset];
  const value = setup.actions[row.category] ?? usual;
  const choose = (wanted: string) => {
    const action = row.allowed.find((each) => each === wanted);
    const { [row.category]: _, ...rest } = setup.actions;
    if (action) onChange({ actions: action === usual ? rest : { ...rest, [row.category]: action } });
  };
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
      <div className="min-w-48 flex-1">
        <p className="text-14 font-medium">{name}</p>
        <p className="text-12 text-text-2">
          {row.rules === 0
            ? t('admin.rules.detected')
            : t('admin.rules.count', { count: row.rules, shown: formats.number(row.rules) })}
          {value !== usual && ` · ${t('firewall.usual', { action: actionName(usual, role) })}`}
        </p>
      </div>
      <Select
        fit
        aria-label={t('admin.rules.actionOf', { category: name })}
        value={value}
        onChange={(event) => choose(event.target.value)}
        className="w-40"
      >
        {row.allowed.map((action) => (
          <option key={action} value={action}>
            {actionName(action, role)}
          </option>
        ))}
      </Select>
    </li>
  );
}
