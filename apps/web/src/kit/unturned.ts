/** Signs that turn the direction of what follows, or undo that. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * The text without what turns its direction: `\u202efdp.exe` would read as another word, and the address of a link as
 * another host. A sign that nobody sees stands in each place, so that places in the text stay where they are.
 */
export const unturned = (text: string): string => text.replace(TURNS, '\u2060');
