import type { ModelServers } from '@lorekeep/contracts';
import { Badge } from '../kit/badge.js';
import { useFormats } from '../kit/format.js';
import { Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { Instance } from './engine-instance.js';
import { useModelRemarks, useModelServers } from './use-model-servers.js';

/** Every model server, whether it can be asked, and what is missing. */
export function ModelServersSection() {
  const { t } = useTexts();
  const remarksOf = useModelRemarks();
  const { data } = useModelServers();
  const remarks = data ? remarksOf(data) : [];
  return (
    <section id="model-servers" aria-labelledby="model-servers-title" className="flex flex-col gap-2 pt-4">
      <h2 id="model-servers-title" className="text-14 font-semibold">
        {t('models.title')}
      </h2>
      {remarks.length > 0 && (
        <Notice tone="warn">
          {remarks.map((remark) => (
            <p key={remark}>{remark}</p>
          ))}
        </Notice>
      )}
      {data?.state === 'none' && <p className="text-13 text-text-2">{t('models.none')}</p>}
      <ul className="divide-y text-13">
        {data?.servers.map((server) => (
          <Server key={server.name} server={server} />
        ))}
      </ul>
    </section>
  );
}

function Server({
  server: { name, state, since, models, instances },
}: {
  server: ModelServers['servers'][number];
}) {
  const { t } = useTexts();
  const formats = useFormats();
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-1 py-2">
      <Badge tone={state === 'up' ? 'good' : 'bad'}>{t(`models.states.${state}`)}</Badge>
      <span className="font-mono break-all">{name}</span>
      {(models.length > 0 || instances.length === 0) && (
        <span className="break-words text-text-2">
          {models.length > 0
            ? t('models.serves', { models: models.join(t('common.listSeparator')) })
            : t('models.listsNothing')}
        </span>
      )}
      {since !== null && (
        <span className="text-text-2">{t('models.since', { time: formats.dateTime(since) })}</span>
      )}
      {instances.length > 0 && (
        <ul className="flex w-full flex-col gap-2 pl-4">
          {instances.map((instance) => (
            <Instance key={instance.id} instance={instance} />
          ))}
        </ul>
      )}
    </li>
  );
}
