/** Stands where a secret will be: `${PASSWORD}`, `<password>`, `{{ token }}`, `%s`, `****`, `xxxx`. */
const MARKUP = /^(?:[$<{[%]|[*•.xX_-]+$)/;
/** Code or a link that leads to the secret. */
const REFERENCE = /^(?:https?:\/\/|process\.env|os\.environ|env\.|[A-Za-z_.]{1,64}\()/;
const WORDS = new Set([
  ...[
    'null',
    'none',
    'nil',
    'true',
    'false',
    'undefined',
    'string',
    'required',
    'optional',
    'empty',
    'hidden',
  ],
  ...[
    'redacted',
    'masked',
    'placeholder',
    'example',
    'password',
    'passwd',
    'secret',
    'token',
    'value',
    'unknown',
  ],
  ...[
    'your_password',
    'your-password',
    'yourpassword',
    'your_token',
    'your_api_key',
    'your-api-key',
    'expired',
  ],
]);

/** True for what is written in place of a secret in instructions and templates. */
export function isPlaceholder(value: string): boolean {
  return MARKUP.test(value) || REFERENCE.test(value) || WORDS.has(value.toLowerCase());
}
