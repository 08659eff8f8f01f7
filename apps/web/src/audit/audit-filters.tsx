import { X } from 'lucide-react';
import { Button } from '../kit/button.js';
import { Field, Input, Select } from '../kit/field.js';
import { SearchBox } from '../kit/search-box.js';
import { useTexts } from '../locales/use-texts.js';
import { useKindText } from './audit-columns.js';
import { RuleSelect } from './rule-select.js';
import { AUDIT_KINDS } from './kinds.js';
import { isReference, NO_FILTER, referenceOf, type AuditFilter } from './use-audit.js';

const OUTCOMES = ['answered', 'refused', 'stopped', 'cancelled', 'failed'] as const;

export function AuditFilters({
  filter,
  onChange,
}: {
  filter: AuditFilter;
  onChange: (filter: AuditFilter) => void;
}) {
  const { t } = useTexts();
  const kindText = useKindText();
  const set = (part: Partial<AuditFilter>) => onChange({ ...filter, ...part });
  const filtered = Object.entries(filter).some(([, value]) => value !== '' && value !== null);
  return (
    <div className="grid grid-cols-2 items-start gap-2 md:grid-cols-6">
      <SearchBox
        label={t('audit.search')}
        value={filter.search}
        onChange={(search) => set({ search })}
        className="col-span-2"
      />
      <Select
        className="md:col-span-2 lg:col-span-1"
        aria-label={t('audit.kind')}
        value={filter.kind}
        onChange={(event) => set({ kind: event.target.value })}
      >
        <option value="">{t('audit.allKinds')}</option>
        {AUDIT_KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {kindText(kind)}
          </option>
        ))}
      </Select>
      <Select
        className="md:col-span-2 lg:col-span-1"
        aria-label={t('audit.outcome')}
        value={filter.outcome}
        onChange={(event) => set({ outcome: event.target.value })}
      >
        <option value="">{t('audit.allOutcomes')}</option>
        {OUTCOMES.map((outcome) => (
          <option key={outcome} value={outcome}>
            {t(`audit.outcomes.${outcome}`)}
          </option>
        ))}
      </Select>
      <RuleSelect rule={filter.rule} onChange={(rule) => set({ rule })} />
      <div className="order-last col-span-2 flex flex-wrap items-center gap-2 empty:hidden md:col-span-6">
        {filter.actor && (
          <Button icon={<X size={14} />} onClick={() => set({ actor: null })}>
            {filter.actor.name}
          </Button>
        )}
        {filtered && (
          <Button tone="quiet" onClick={() => onChange(NO_FILTER)}>
            {t('common.clearFilters')}
          </Button>
        )}
      </div>
      <ReferenceBox filter={filter} onChange={(reference) => set({ reference })} />
      <Field label={t('audit.from')} className="col-span-2 sm:col-span-1 md:col-span-2">
        {(field) => (
          <Input
            {...field}
            type="datetime-local"
            value={filter.from}
            onChange={(event) => set({ from: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('audit.to')} className="col-span-2 sm:col-span-1 md:col-span-2">
        {(field) => (
          <Input
            {...field}
            type="datetime-local"
            value={filter.to}
            onChange={(event) => set({ to: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}

/** The eight characters that are shown suffice. */
function ReferenceBox({ filter, onChange }: { filter: AuditFilter; onChange: (text: string) => void }) {
  const { t } = useTexts();
  const reference = referenceOf(filter);
  const isUsed = reference === '' || isReference(reference);
  const isWrong = /[^0-9a-f]/.test(reference);
  return (
    <Field
      label={t('common.reference')}
      hint={isUsed ? null : t('audit.referenceHint')}
      error={isWrong ? t('audit.referenceHint') : null}
      className="col-span-2"
    >
      {(field) => (
        <Input
          {...field}
          maxLength={40}
          value={filter.reference}
          onChange={(event) => onChange(event.target.value)}
          className="font-mono text-13"
        />
      )}
    </Field>
  );
}
