import { unturned } from './unturned.js';

/** Words of a document within a line of the page: whatever their direction, what stands beside them keeps its own. */
export function Foreign({ text }: { text: string }) {
  return <bdi>{unturned(text)}</bdi>;
}
