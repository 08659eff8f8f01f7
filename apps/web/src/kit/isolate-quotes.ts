/** What stands in quotation marks may be written from right to left: it must not draw its surroundings with it. */
export const isolateQuotes = (text: string): string => text.replace(/“([^”]*)”/g, '“\u2068$1\u2069”');
