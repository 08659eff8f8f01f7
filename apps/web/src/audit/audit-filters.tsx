import { X } from 'lucide-react';
import { useId } from 'react';
import { Button } from '../kit/button.js';
import { Field, Input, Select } from '../kit/field.js';
import { SearchBox } from '../kit/search-box.js';
import { useTexts } from '../locales/use-texts.js';
import { useKindText } from './audit-columns.js';
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
    <div className="grid grid-cols-2 items-end gap-2 md:grid-cols-3 lg:grid-cols-6">
      <SearchBox
        label={t('audit.search')}
        value={filter.search}
        onChange={(search) => set({ search })}
        className="col-span-2 md:col-span-1 lg:col-span-2"
      />
      <Select
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
      <ReferenceBox filter={filter} onChange={(reference) => set({ reference })} />
      <Field label={t('audit.from')} className="col-span-2 sm:col-span-1 lg:col-span-2">
        {(field) => (
          <Input
            {...field}
            type="datetime-local"
            value={filter.from}
            onChange={(event) => set({ from: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('audit.to')} className="col-span-2 sm:col-span-1 lg:col-span-2">
        {(field) => (
          <Input
            {...field}
            type="datetime-local"
            value={filter.to}
            onChange={(event) => set({ to: event.target.value })}
          />
        )}
      </Field>
      <div className="col-span-2 flex flex-wrap items-center gap-2 lg:min-h-9">
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
    </div>
  );
}

/** The eight characters that are shown suffice. */
function ReferenceBox({ filter, onChange }: { filter: AuditFilter; onChange: (text: string) => void }) {
  const { t } = useTexts();
  const note = useId();
  const isWrong = filter.reference.trim() !== '' && !isReference(referenceOf(filter));
  return (
    <div className="relative col-span-2 md:col-span-1 lg:col-span-2">
      <Input
        aria-label={t('common.reference')}
        {...(isWrong ? { 'aria-invalid': true, 'aria-describedby': note } : {})}
        placeholder={t('common.reference')}
        maxLength={40}
        value={filter.reference}
        onChange={(event) => onChange(event.target.value)}
        className="w-full font-mono text-13"
      />
      {isWrong && (
        <p id={note} className="absolute top-full text-12 text-text-2">
          {t('audit.referenceHint')}
        </p>
      )}
    </div>
  );
}
