import type { Permission, Person } from '@lorekeep/contracts';
import { queryOptions } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { call } from '../kit/call.js';

export const personQuery = queryOptions({
  queryKey: ['person'],
  queryFn: ({ signal }) => call('GET /api/session', { signal }),
  staleTime: Infinity,
});

const Context = createContext<Person | null>(null);
export const PersonProvider = Context.Provider;

/** Who is signed in. Inside the session gate there always is somebody. */
export function usePerson(): Person {
  const person = useContext(Context);
  if (!person) throw new Error('outside the session gate');
  return person;
}

export function useMay(): (permission: Permission) => boolean {
  const { permissions } = usePerson();
  return (permission) => permissions.includes(permission);
}
