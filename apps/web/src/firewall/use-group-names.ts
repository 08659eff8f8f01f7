import { useQuery } from '@tanstack/react-query';
import { useMay } from '../app/person.js';
import { call } from '../kit/call.js';

/** Names of groups by id, the first of very many; undefined until they are there, and for who may not see them. */
export function useGroupNames(): ReadonlyMap<string, string> | undefined {
  const may = useMay();
  const groups = useQuery({
    queryKey: ['groups-of-exceptions'],
    queryFn: ({ signal }) => call('GET /api/admin/groups', { query: { limit: 200 }, signal }),
    enabled: may('admin.users'),
  });
  return groups.data && new Map(groups.data.rows.map(({ id, name }) => [id, name]));
}
