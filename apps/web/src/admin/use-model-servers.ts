import type { ModelServers } from '@lorekeep/contracts';
import { useQuery } from '@tanstack/react-query';
import { call } from '../kit/call.js';
import { useFormats } from '../kit/format.js';
import { useTexts } from '../locales/use-texts.js';

export const MODEL_SERVERS = ['model-servers'];
/** A server that is gone is told within this time. */
const REFRESH_MS = 15_000;
/** While a model starts, so that its progress is seen to move. */
const REFRESH_STARTING_MS = 2_000;

const isStarting = ({ servers }: ModelServers) =>
  servers.some(({ instances }) => instances.some(({ progress }) => progress !== null));

export const useModelServers = () =>
  useQuery({
    queryKey: MODEL_SERVERS,
    queryFn: ({ signal }) => call('GET /api/admin/model-servers', { signal }),
    refetchInterval: ({ state: { data } }) => (data && isStarting(data) ? REFRESH_STARTING_MS : REFRESH_MS),
  });

/** What is missing, and what it costs, each in a sentence; none where all is well. */
export function useModelRemarks(): (status: ModelServers) => string[] {
  const { t } = useTexts();
  const formats = useFormats();
  return ({ state, servers, unserved, quoted }) => {
    const away = servers.filter((server) => server.state === 'away');
    const uses = quoted.map((use) => t(`models.uses.${use}`)).join(t('common.listSeparator'));
    const remarks = away.map(({ name, reason, since }) =>
      t(`models.away.${reason ?? 'gone'}`, { name, time: since === null ? '…' : formats.dateTime(since) }),
    );
    if (state === 'away') remarks.push(t('models.meanwhile.all'));
    else if (quoted.length > 0)
      remarks.push(t(away.length > 0 ? 'models.meanwhile.some' : 'models.meanwhile.none', { uses }));
    else if (away.length > 0) remarks.push(t('models.meanwhile.others'));
    for (const { model, from, certain } of unserved)
      remarks.push(
        t(certain ? 'models.unserved' : 'models.unsure', { model, from: t(`models.from.${from}`) }),
      );
    return remarks;
  };
}
