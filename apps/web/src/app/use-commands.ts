import { useNavigate } from '@tanstack/react-router';
import {
  KeyRound,
  Languages,
  LogOut,
  MonitorSmartphone,
  MoonStar,
  SquarePen,
  type LucideIcon,
} from 'lucide-react';
import { useTexts } from '../locales/use-texts.js';
import { setTheme, useTheme } from '../kit/theme.js';
import { changeLanguage } from './change-language.js';
import { useMay } from './person.js';
import { useSignOut } from './person-menu.js';
import { tabsFor } from './tabs.js';

interface Command {
  id: string;
  icon: LucideIcon;
  text: string;
  run: () => void;
}

/** What can be done from anywhere, by those who may. */
export function useCommands(): Command[] {
  const { t, language } = useTexts();
  const may = useMay();
  const theme = useTheme();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  const commands: (Command | false)[] = [
    may('ask') && {
      id: 'new',
      icon: SquarePen,
      text: t('frame.newQuestion'),
      run: () => void navigate({ to: '/ask/{-$conversationId}', params: { conversationId: undefined } }),
    },
    ...tabsFor(may)
      .filter((tab) => tab.id !== 'ask')
      .map((tab) => ({
        id: tab.id,
        icon: tab.icon,
        text: t(`frame.tabs.${tab.id}`),
        run: () => void navigate({ to: tab.to, params: { conversationId: undefined, draftId: undefined } }),
      })),
    may('keys') && {
      id: 'keys',
      icon: KeyRound,
      text: t('account.keys.title'),
      run: () => void navigate({ to: '/account/keys' }),
    },
    {
      id: 'sessions',
      icon: MonitorSmartphone,
      text: t('account.sessions.title'),
      run: () => void navigate({ to: '/account/sessions' }),
    },
    {
      id: 'theme',
      icon: MoonStar,
      text: t(dark ? 'frame.palette.light' : 'frame.palette.dark'),
      run: () => setTheme(dark ? 'light' : 'dark'),
    },
    {
      id: 'language',
      icon: Languages,
      text: t('frame.palette.otherLanguage'),
      run: () => changeLanguage(language === 'zh' ? 'en' : 'zh'),
    },
    { id: 'sign-out', icon: LogOut, text: t('frame.menu.signOut'), run: signOut },
  ];
  return commands.filter((command) => command !== false);
}
