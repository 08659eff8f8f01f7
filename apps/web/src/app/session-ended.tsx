import type { Person } from '@lorekeep/contracts';
import { Dialog } from '../kit/dialog.js';
import { useTexts } from '../locales/use-texts.js';
import { SignInForm } from './sign-in-form.js';

/** Over the page as it was: signing in again goes on where one was. */
export function SessionEnded({
  person,
  onSignedIn,
}: {
  person: Person;
  onSignedIn: (person: Person) => void;
}) {
  const { t } = useTexts();
  return (
    <Dialog
      open
      onOpenChange={() => undefined}
      persistent
      title={t('frame.signIn.ended')}
      description={t('frame.signIn.endedText')}
    >
      <SignInForm onSignedIn={onSignedIn} email={person.email} tenant={person.tenant.slug} />
    </Dialog>
  );
}
