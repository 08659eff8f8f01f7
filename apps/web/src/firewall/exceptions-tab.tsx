import { useState } from 'react';
import { Badge } from '../kit/badge.js';
import { Button } from '../kit/button.js';
import { Foreign } from '../kit/foreign.js';
import { useFormats } from '../kit/format.js';
import { Empty } from '../kit/states.js';
import { useMinute } from '../kit/time.js';
import { useTexts } from '../locales/use-texts.js';
import { ExceptionDialog } from './exception-dialog.js';
import { useGroupNames } from './use-group-names.js';
import { useCategoryName } from './use-names.js';
import type { DraftException, DraftSetup } from './use-setup.js';

interface Props {
  setup: DraftSetup;
  onChange: (part: Partial<DraftSetup>) => void;
  /** What the workbench proposes. */
  proposed: Partial<DraftException> | null;
  onDone: () => void;
}

export function ExceptionsTab({ setup, onChange, proposed, onDone }: Props) {
  const { t } = useTexts();
  const [edited, setEdited] = useState<DraftException | 'new' | null>(proposed ? 'new' : null);
  const { exceptions } = setup;
  const names = useGroupNames();
  const close = () => {
    setEdited(null);
    onDone();
  };
  const take = (exception: DraftException) => {
    const others = exceptions.filter(({ id }) => id !== exception.id);
    onChange({ exceptions: [...others, exception] });
    close();
  };
  const add = <Button onClick={() => setEdited('new')}>{t('firewall.exceptionNew')}</Button>;
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <p className="max-w-[75ch] min-w-60 flex-1 text-13 text-text-2">{t('firewall.exceptionsNote')}</p>
        {exceptions.length > 0 && add}
      </div>
      {exceptions.length === 0 && <Empty title={t('firewall.exceptionsNone')} action={add} />}
      {exceptions.length > 0 && (
        <ul className="divide-y border-y">
          {exceptions.map((exception) => (
            <Row
              key={exception.id}
              exception={exception}
              names={names}
              onEdit={() => setEdited(exception)}
              onDelete={() => onChange({ exceptions: exceptions.filter((each) => each !== exception) })}
            />
          ))}
        </ul>
      )}
      {edited && (
        <ExceptionDialog
          exception={edited === 'new' ? null : edited}
          proposed={edited === 'new' ? proposed : null}
          onClose={close}
          onTake={take}
        />
      )}
    </>
  );
}

function Row({
  exception,
  names,
  onEdit,
  onDelete,
}: {
  exception: DraftException;
  names: ReadonlyMap<string, string> | undefined;
  onEdit: () => void;
  onDelete: () => void;
}) {
  const { t } = useTexts();
  const formats = useFormats();
  const minute = useMinute();
  const name = useCategoryName()(exception.target);
  const { fragment, groupIds, reason, expiresAt, madeBy, madeAt } = exception;
  const groups = groupIds.map((id) => names?.get(id) ?? t('firewall.exception.otherGroup'));
  const expired = Date.parse(expiresAt) <= minute;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-13">
      <div className="min-w-40 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          <span className="break-all">{name}</span>
          {groups.length > 0 && (
            <span className="font-normal break-words">
              {t('firewall.exception.for', { groups: groups.join(t('common.listSeparator')) })}
            </span>
          )}
          {expired ? (
            <Badge>{t('firewall.exception.expired')}</Badge>
          ) : (
            <Badge tone="accent">
              {t('firewall.exception.expires', { date: formats.dayOfYear(expiresAt) })}
            </Badge>
          )}
        </p>
        <p className="break-words">
          <Foreign text={reason} />
        </p>
        {fragment !== null && (
          <p className="font-mono text-12 break-words">
            “<Foreign text={fragment} />”
          </p>
        )}
        <p className="text-12 text-text-2">
          {madeBy && madeAt
            ? t('firewall.exception.by', { name: madeBy.name, date: formats.dayOfYear(madeAt) })
            : t('firewall.exception.new')}
        </p>
      </div>
      <Button aria-label={`${t('common.edit')} ${name}`} onClick={onEdit}>
        {t('common.edit')}
      </Button>
      <Button tone="quiet" aria-label={`${t('common.delete')} ${name}`} onClick={onDelete}>
        {t('common.delete')}
      </Button>
    </li>
  );
}
