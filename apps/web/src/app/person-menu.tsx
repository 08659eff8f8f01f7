import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ChevronsUpDown, KeyRound, LogOut, MonitorSmartphone, UserRound } from 'lucide-react';
import { languageIsChosen, useTexts } from '../locales/use-texts.js';
import { call } from '../kit/call.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Menu, type MenuEntry } from '../kit/menu.js';
import { isStatus } from '../kit/problem.js';
import { forgetStored } from '../kit/storage.js';
import { setTheme, useTheme, type Theme } from '../kit/theme.js';
import { useToast } from '../kit/toast.js';
import { changeLanguage } from './change-language.js';
import { LANGUAGES } from './language-links.js';
import { useMay, usePerson } from './person.js';

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

/** Signs out, and leaves nothing of what was written behind. */
export function useSignOut(): () => void {
  const queryClient = useQueryClient();
  const toast = useToast();
  const line = useErrorLine();
  const signOut = useMutation({
    mutationFn: async () => {
      try {
        await call('DELETE /api/session');
      } catch (error) {
        if (!isStatus(error, 401)) throw error;
      }
    },
    onSuccess: () => {
      forgetStored('draft.');
      // A fresh page: no state of the one who left survives in memory either.
      queryClient.clear();
      window.location.assign('/');
    },
    onError: (error) => toast(line(error)),
  });
  return () => signOut.mutate();
}

export function PersonMenu() {
  const { t, language } = useTexts();
  const person = usePerson();
  const may = useMay();
  const theme = useTheme();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const go = (to: '/account/profile' | '/account/keys' | '/account/sessions') => () => void navigate({ to });
  const entries: (MenuEntry | false)[] = [
    { kind: 'note', text: person.email },
    { kind: 'line' },
    {
      kind: 'item',
      icon: <UserRound size={14} />,
      text: t('account.profile.title'),
      onSelect: go('/account/profile'),
    },
    may('keys') && {
      kind: 'item',
      icon: <KeyRound size={14} />,
      text: t('account.keys.title'),
      onSelect: go('/account/keys'),
    },
    {
      kind: 'item',
      icon: <MonitorSmartphone size={14} />,
      text: t('account.sessions.title'),
      onSelect: go('/account/sessions'),
    },
    { kind: 'line' },
    {
      kind: 'choice',
      label: t('frame.menu.language'),
      value: languageIsChosen() ? language : '',
      choices: [{ value: '', label: t('frame.menu.browserLanguage') }, ...LANGUAGES],
      onChange: (chosen) => changeLanguage(LANGUAGES.find(({ value }) => value === chosen)?.value ?? null),
    },
    {
      kind: 'choice',
      label: t('frame.menu.theme'),
      value: theme,
      choices: THEMES.map((value) => ({ value, label: t(`frame.menu.themes.${value}`) })),
      onChange: (value) => setTheme(THEMES.find((each) => each === value) ?? 'system'),
    },
    { kind: 'line' },
    { kind: 'item', icon: <LogOut size={14} />, text: t('frame.menu.signOut'), onSelect: signOut },
  ];
  return (
    <Menu
      label={t('frame.menu.label')}
      side="top"
      entries={entries.filter((entry) => entry !== false)}
      trigger={
        <button
          type="button"
          className="flex w-full items-center gap-2.5 rounded-md p-2 text-left hover:bg-surface-2"
        >
          <span
            aria-hidden="true"
            className="grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft text-12 font-semibold text-accent"
          >
            {initialOf(person.displayName)}
          </span>
          <span className="min-w-0 flex-1">
            <span className="block truncate text-13 font-medium">{person.displayName}</span>
            <span className="block truncate text-12 text-text-2">{person.tenant.name}</span>
          </span>
          <ChevronsUpDown size={14} className="text-text-2" aria-hidden="true" />
        </button>
      }
    />
  );
}

const initialOf = (name: string) => Array.from(name.trim())[0]?.toUpperCase() ?? '·';
