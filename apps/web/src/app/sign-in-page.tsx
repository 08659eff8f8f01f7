import type { Person } from '@lorekeep/contracts';
import { useTitle } from '../kit/use-title.js';
import { useTexts } from '../locales/use-texts.js';
import { LanguageLinks } from './language-links.js';
import { Brand } from './brand.js';
import { SignInForm } from './sign-in-form.js';

export function SignInPage({ onSignedIn }: { onSignedIn: (person: Person) => void }) {
  const { t } = useTexts();
  return (
    <EntryPage title={t('frame.signIn.title')} text={t('frame.signIn.text')}>
      <SignInForm onSignedIn={onSignedIn} />
    </EntryPage>
  );
}

interface EntryProps {
  title: string;
  text: string;
  children: React.ReactNode;
}

/** What stands before the frame: one column, nothing else to do. */
export function EntryPage({ title, text, children }: EntryProps) {
  useTitle(title);
  return (
    <main className="scroller h-full bg-surface-1">
      <div className="mx-auto flex min-h-full w-full max-w-[400px] flex-col justify-center gap-6 px-5 py-10">
        <Brand />
        <div className="flex flex-col gap-5 rounded-md border bg-surface-0 p-6">
          <div>
            <h1 className="text-20 font-semibold">{title}</h1>
            <p className="mt-1 text-14 text-text-1">{text}</p>
          </div>
          {children}
        </div>
        <LanguageLinks />
      </div>
    </main>
  );
}
