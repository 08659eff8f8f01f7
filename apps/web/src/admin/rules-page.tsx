import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../kit/button.js';
import { call, type ResponseOf } from '../kit/call.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Select } from '../kit/field.js';
import { useFormats } from '../kit/format.js';
import { Page } from '../kit/page.js';
import { ErrorState, Loading, Notice } from '../kit/states.js';
import { useToast } from '../kit/toast.js';
import { useTexts } from '../locales/use-texts.js';
import { TryRules } from './try-rules.js';

type Category = ResponseOf<'GET /api/admin/rules'>['categories'][number];
type Action = Category['action'];
const RULES = ['rules'];

export function RulesPage() {
  const { t } = useTexts();
  const toast = useToast();
  const line = useErrorLine();
  const queryClient = useQueryClient();
  const [changed, setChanged] = useState<Record<string, Action>>({});
  const rules = useQuery({
    queryKey: RULES,
    queryFn: ({ signal }) => call('GET /api/admin/rules', { signal }),
  });
  const categories = rules.data?.categories ?? [];
  const save = useMutation({
    mutationFn: () => {
      const actions = Object.fromEntries(
        categories.map(({ category, action }) => [category, changed[category] ?? action]),
      );
      return call('PUT /api/admin/rules', { body: { actions } });
    },
    onSuccess: (next) => {
      queryClient.setQueryData(RULES, next);
      setChanged({});
      toast(t('admin.rules.saved'));
    },
  });
  const dirty = Object.keys(changed).length > 0;
  const choose = ({ category, action }: Category, next: Action) => {
    const { [category]: _, ...rest } = changed;
    setChanged(next === action ? rest : { ...rest, [category]: next });
  };
  const actions = (
    <div className="flex gap-2">
      <Button disabled={!dirty} onClick={() => setChanged({})}>
        {t('admin.discard')}
      </Button>
      <Button tone="primary" disabled={!dirty} busy={save.isPending} onClick={() => save.mutate()}>
        {t('common.save')}
      </Button>
    </div>
  );
  return (
    <Page title={t('admin.sections.rules')} note={t('admin.rules.note')} actions={actions}>
      {rules.isPending && <Loading lines={6} />}
      {rules.isError && !rules.data && (
        <ErrorState error={rules.error} onRetry={() => void rules.refetch()} />
      )}
      {save.error && <Notice tone="bad">{line(save.error)}</Notice>}
      {rules.data && (
        <div className="flex flex-1 flex-col gap-6 lg:flex-row">
          <ul className="min-w-0 flex-1 divide-y self-start border-y">
            {categories.map((row) => (
              <CategoryItem
                key={row.category}
                row={row}
                value={changed[row.category] ?? row.action}
                onChange={(next) => choose(row, next)}
              />
            ))}
          </ul>
          <TryRules />
        </div>
      )}
    </Page>
  );
}

const KNOWN = [
  'direct-injection',
  'jailbreak',
  'prompt-leak',
  'obfuscation',
  'sql',
  'command',
  'path-traversal',
  'xss',
  'ssrf',
  'template-injection',
  'xxe',
  'ldap-nosql',
  'secret',
  'personal-data',
  'flooding',
  'document-instruction',
  'hidden-text',
] as const;

function CategoryItem({
  row,
  value,
  onChange,
}: {
  row: Category;
  value: Action;
  onChange: (action: Action) => void;
}) {
  const { t } = useTexts();
  const formats = useFormats();
  const known = KNOWN.find((each) => each === row.category);
  const name = known ? t(`admin.rules.categories.${known}`) : row.category;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
      <div className="min-w-48 flex-1">
        <p className="text-14 font-medium">{name}</p>
        <p className="text-12 text-text-2">
          {row.rules === 0
            ? t('admin.rules.detected')
            : t('admin.rules.count', { count: row.rules, shown: formats.number(row.rules) })}
          {value !== row.builtIn &&
            ` · ${t('admin.rules.builtIn', { action: t(`admin.rules.actions.${row.builtIn}`) })}`}
        </p>
      </div>
      <Select
        fit
        aria-label={t('admin.rules.actionOf', { category: name })}
        value={value}
        onChange={(event) => {
          const next = row.allowed.find((each) => each === event.target.value);
          if (next) onChange(next);
        }}
        className="w-40"
      >
        {row.allowed.map((action) => (
          <option key={action} value={action}>
            {t(`admin.rules.actions.${action}`)}
          </option>
        ))}
      </Select>
    </li>
  );
}
