import { useTexts } from '../locales/use-texts.js';
import type { MailField } from './mail-fields.js';

export function MailHead({ fields }: { fields: readonly MailField[] }) {
  const { t } = useTexts();
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 border-b pb-2 text-13">
      {fields.map(({ name, value }, at) => (
        <div key={at} className="contents">
          <dt className="text-text-2">{t(`viewer.mail.${name}`)}</dt>
          <dd className="break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
