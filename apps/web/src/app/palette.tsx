import * as Radix from '@radix-ui/react-dialog';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { FileText, MessageSquareText, Search, type LucideIcon } from 'lucide-react';
import { useId, useState, type KeyboardEvent } from 'react';
import { usePlainQuestion } from '../kit/question-text.js';
import { useTexts } from '../locales/use-texts.js';
import { call } from '../kit/call.js';
import { classNames } from '../kit/class-names.js';
import { useFocusReturn } from '../kit/use-focus-return.js';
import { useSettled } from '../kit/use-settled.js';
import { useCommands } from './use-commands.js';
import { useMay } from './person.js';

interface Choice {
  id: string;
  icon: LucideIcon;
  text: string;
  note?: string;
  run: () => void;
}
interface Section {
  title: string;
  choices: Choice[];
}
/** Of each kind; more would have to be scrolled, and typing on is faster. */
const SHOWN = 6;

function useSections(search: string): { sections: Section[]; busy: boolean } {
  const { t } = useTexts();
  const may = useMay();
  const navigate = useNavigate();
  const query = { limit: SHOWN, ...(search ? { search } : {}) };
  const conversations = useQuery({
    queryKey: ['palette', 'conversations', search],
    queryFn: ({ signal }) => call('GET /api/conversations', { query, signal }),
    enabled: may('ask'),
    placeholderData: (previous) => previous,
  });
  const documents = useQuery({
    queryKey: ['palette', 'documents', search],
    queryFn: ({ signal }) => call('GET /api/documents', { query, signal }),
    enabled: may('documents.read') && search !== '',
    placeholderData: (previous) => previous,
  });
  const commands = useCommands();
  const plain = usePlainQuestion();
  const needle = search.toLocaleLowerCase();
  const sections: Section[] = [
    {
      title: t('frame.palette.commands'),
      choices: commands
        .filter((command) => command.text.toLocaleLowerCase().includes(needle))
        .slice(0, search ? SHOWN : 20),
    },
    {
      title: t('frame.conversations'),
      choices: (conversations.data?.rows ?? []).map((row) => ({
        id: row.id,
        icon: MessageSquareText,
        text: plain(row.title),
        run: () => void navigate({ to: '/ask/{-$conversationId}', params: { conversationId: row.id } }),
      })),
    },
    {
      title: t('frame.tabs.documents'),
      choices: (search ? (documents.data?.rows ?? []) : []).map((row) => ({
        id: row.id,
        icon: FileText,
        text: row.title,
        note: row.collection,
        run: () => void navigate({ to: '/documents/$documentId', params: { documentId: row.id } }),
      })),
    },
  ];
  // Who types a word looks for something; who types nothing wants to do something.
  if (search) sections.push(...sections.splice(0, 1));
  return {
    sections: sections.filter((section) => section.choices.length > 0),
    busy: conversations.isFetching || documents.isFetching,
  };
}

/** Search over conversations, documents and commands; the keyboard does all of it. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  const id = useId();
  const focus = useFocusReturn(true);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const { sections, busy } = useSections(useSettled(text.trim(), 120));
  const choices = sections.flatMap((section) => section.choices);
  const current = Math.min(at, choices.length - 1);
  const choose = (choice: Choice | undefined) => {
    if (!choice) return;
    onClose();
    choice.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') choose(choices[current]);
    else if (event.key === 'ArrowDown') setAt(Math.min(current + 1, choices.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(current - 1, 0));
    else return;
    event.preventDefault();
  };
  return (
    <Radix.Root open onOpenChange={onClose}>
      <Radix.Portal>
        <Radix.Overlay className="appear fixed inset-0 z-40 bg-black/40" />
        <Radix.Content
          {...focus}
          aria-describedby={undefined}
          className="appear fixed top-[10vh] left-1/2 z-40 flex max-h-[70vh] w-[min(600px,calc(100vw-24px))] -translate-x-1/2 flex-col rounded-md border bg-surface-0 shadow-float"
        >
          <Radix.Title className="sr-only">{t('frame.palette.open')}</Radix.Title>
          <div className="flex items-center gap-2 border-b px-4">
            <Search size={16} className="text-text-2" aria-hidden="true" />
            <input
              role="combobox"
              aria-expanded="true"
              aria-controls={`${id}-list`}
              aria-activedescendant={choices[current] ? `${id}-${current}` : undefined}
              aria-label={t('frame.palette.open')}
              placeholder={t('frame.palette.placeholder')}
              value={text}
              maxLength={200}
              onChange={(event) => {
                setText(event.target.value);
                setAt(0);
              }}
              onKeyDown={onKeyDown}
              className="h-12 min-w-0 flex-1 bg-transparent text-16 outline-none"
            />
          </div>
          <div
            id={`${id}-list`}
            role="listbox"
            aria-label={t('frame.palette.results')}
            className="scroller min-h-24 p-2"
          >
            {sections.map((section) => (
              <div key={section.title} role="group" aria-label={section.title}>
                <div className="px-2 pt-2 pb-1 text-12 text-text-2">{section.title}</div>
                {section.choices.map((choice) => {
                  const index = choices.indexOf(choice);
                  return (
                    <Option
                      key={choice.id}
                      id={`${id}-${index}`}
                      choice={choice}
                      active={index === current}
                      onPick={() => choose(choice)}
                      onHover={() => setAt(index)}
                    />
                  );
                })}
              </div>
            ))}
            {choices.length === 0 && !busy && (
              <p className="px-2 py-6 text-center text-13 text-text-2">{t('frame.palette.nothing')}</p>
            )}
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface OptionProps {
  id: string;
  choice: Choice;
  active: boolean;
  onPick: () => void;
  onHover: () => void;
}

function Option({ id, choice, active, onPick, onHover }: OptionProps) {
  const Icon = choice.icon;
  return (
    <div
      id={id}
      role="option"
      aria-selected={active}
      ref={(element) => {
        if (active) element?.scrollIntoView({ block: 'nearest' });
      }}
      onClick={onPick}
      onPointerMove={onHover}
      className={classNames(
        'flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 text-14',
        active && 'bg-surface-2',
      )}
    >
      <Icon size={15} className="shrink-0 text-text-2" aria-hidden="true" />
      <span className="min-w-0 flex-1 truncate">{choice.text}</span>
      {choice.note && <span className="truncate text-12 text-text-2">{choice.note}</span>}
    </div>
  );
}
