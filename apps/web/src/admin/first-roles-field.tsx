import type { Role, Settings } from '@lorekeep/contracts';
import { Checkbox } from '../kit/field.js';
import { useTexts } from '../locales/use-texts.js';

/** Roles whose holders ask. */
const ASKING = ['employee', 'support', 'admin'] as const satisfies readonly Role[];

interface Props {
  values: readonly Role[];
  onChange: (part: Partial<Settings>) => void;
}

/** Whose questions go first where questions wait for a model. */
export function FirstRolesField({ values, onChange }: Props) {
  const { t } = useTexts();
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-13 font-medium">{t('admin.settings.firstRoles')}</legend>
      <p className="text-13 text-text-2">{t('admin.settings.firstRolesHint')}</p>
      {ASKING.map((role) => (
        <Checkbox
          key={role}
          label={t(`account.roles.${role}`)}
          checked={values.includes(role)}
          onChange={({ target }) =>
            // In one order, so that what is set back counts as unchanged.
            onChange({
              firstRoles: ASKING.filter((one) => (one === role ? target.checked : values.includes(one))),
            })
          }
        />
      ))}
    </fieldset>
  );
}
