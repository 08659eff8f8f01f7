import type { Person } from '@lorekeep/contracts';
import { useTexts } from '../locales/use-texts.js';
import { PasswordForm } from '../account/password-form.js';
import { EntryPage } from './sign-in-page.js';

/** The printed password opens this page and nothing else. */
export function ChangePassword({ person, onDone }: { person: Person; onDone: () => void }) {
  const { t } = useTexts();
  return (
    <EntryPage
      title={t('account.password.mustTitle')}
      text={t('account.password.mustText', { email: person.email })}
    >
      <PasswordForm autoFocus onDone={onDone} />
    </EntryPage>
  );
}
