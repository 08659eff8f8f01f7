import { useQuery } from '@tanstack/react-query';
import { UserRound, UsersRound } from 'lucide-react';
import { useId, useState, type KeyboardEvent } from 'react';
import { call } from '../kit/call.js';
import { classNames } from '../kit/class-names.js';
import { Input } from '../kit/field.js';
import { useSettled } from '../kit/use-settled.js';
import { useTexts } from '../locales/use-texts.js';

export interface Principal {
  kind: 'user' | 'group';
  id: string;
  /** `user:<id>` or `group:<id>` */
  principal: string;
  name: string;
  note: string;
}

const SHOWN = 6;

function usePrincipals(search: string, kinds: readonly Principal['kind'][]): Principal[] {
  const query = { limit: SHOWN, ...(search ? { search } : {}) };
  const users = useQuery({
    queryKey: ['pick', 'users', search],
    queryFn: ({ signal }) => call('GET /api/admin/users', { query, signal }),
    enabled: kinds.includes('user') && search !== '',
    placeholderData: (previous) => previous,
  });
  const groups = useQuery({
    queryKey: ['pick', 'groups', search],
    queryFn: ({ signal }) => call('GET /api/admin/groups', { query, signal }),
    enabled: kinds.includes('group'),
    placeholderData: (previous) => previous,
  });
  const found: Principal[] = (kinds.includes('group') ? (groups.data?.rows ?? []) : []).map((row) => ({
    kind: 'group',
    id: row.id,
    principal: `group:${row.id}`,
    name: row.name,
    note: row.description,
  }));
  for (const row of search ? (users.data?.rows ?? []) : []) {
    found.push({
      kind: 'user',
      id: row.id,
      principal: `user:${row.id}`,
      name: row.displayName,
      note: row.email,
    });
  }
  return found;
}

interface Props {
  label: string;
  onPick: (principal: Principal) => void;
  kinds?: readonly Principal['kind'][];
}

const BOTH = ['group', 'user'] as const;

/** Finds a group or a person by name; arrow keys and Enter choose. */
export function PrincipalPicker({ label, onPick, kinds = BOTH }: Props) {
  const { t } = useTexts();
  const id = useId();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const found = usePrincipals(useSettled(text.trim(), 150), kinds);
  const current = Math.min(at, found.length - 1);
  const pick = (principal: Principal | undefined) => {
    if (!principal) return;
    onPick(principal);
    setText('');
    setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape' && open) {
      event.stopPropagation();
      setOpen(false);
    } else if (event.key === 'ArrowDown') setAt(Math.min(current + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(current - 1, 0));
    else if (event.key === 'Enter') pick(found[current]);
    else return;
    event.preventDefault();
  };
  return (
    <div className="min-w-40 flex-1">
      <Input
        role="combobox"
        aria-label={label}
        aria-expanded={open && found.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={open && found[current] ? `${id}-${current}` : undefined}
        autoComplete="off"
        placeholder={label}
        value={text}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
      />
      <ul
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        hidden={!open || (found.length === 0 && text === '')}
        className="mt-1 max-h-56 overflow-y-auto rounded-md border p-1"
      >
        {found.map((each, index) => (
          <li
            key={each.principal}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === current}
            // Before the field loses its focus and the list its place.
            onPointerDown={(event) => {
              event.preventDefault();
              pick(each);
            }}
            className={classNames(
              'flex h-8 cursor-pointer items-center gap-2 rounded-sm px-2 text-13',
              index === current && 'bg-surface-2',
            )}
          >
            {each.kind === 'group' ? (
              <UsersRound size={14} aria-hidden="true" />
            ) : (
              <UserRound size={14} aria-hidden="true" />
            )}
            <span className="truncate">{each.name}</span>
            <span className="ml-auto truncate text-12 text-text-2">{each.note}</span>
          </li>
        ))}
        {found.length === 0 && (
          <li className="px-2 py-1.5 text-13 text-text-2">{t('common.nothingFound')}</li>
        )}
      </ul>
    </div>
  );
}
