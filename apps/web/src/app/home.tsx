import { Navigate } from '@tanstack/react-router';
import { useMay } from './person.js';
import { Missing } from './route-states.js';
import { tabsFor } from './tabs.js';

/** The first tab that somebody may use. */
export function Home() {
  const [first] = tabsFor(useMay());
  return first ? (
    <Navigate to={first.to} params={{ conversationId: undefined, draftId: undefined }} replace />
  ) : (
    <Missing />
  );
}
