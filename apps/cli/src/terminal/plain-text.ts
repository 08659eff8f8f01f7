/**
 * Text of others for a terminal: without control characters, which could move the cursor, change the title or the
 * clipboard. Line breaks and tabs stay.
 */
export function plainText(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is removed
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '');
}
