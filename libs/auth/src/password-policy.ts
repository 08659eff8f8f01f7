export const PASSWORD_MIN_CHARACTERS = 12;
/** Longer ones are refused before they are hashed. */
export const PASSWORD_MAX_CHARACTERS = 256;
/** Fewer different characters than this is a pattern, not a password. */
const MIN_DIFFERENT = 5;

/** The commonest ones of twelve characters or more, without trailing digits and signs (see `core`). */
const COMMON = new Set([
  'administrator',
  'changemeplease',
  'correcthorsebatterystaple',
  'iloveyouforever',
  'letmeinplease',
  'lorekeep',
  'passw0rdpassw0rd',
  'passwordpassword',
  'qwertyuiop',
  'qwertyqwerty',
  'qwertyuiopasdfghjkl',
  'asdfghjkl',
  'asdfghjklqwertyuiop',
  'zxcvbnm',
  'qazwsxedcrfv',
  '1qaz2wsx3edc4rfv',
  '1q2w3e4r5t6y',
  '1q2w3e4r5t6y7u8i9o0p',
  'password',
  'passw0rd',
  'welcome',
  'letmein',
  'changeme',
  'iloveyou',
  'superman',
  'sunshine',
  'princess',
  'football',
  'baseball',
  'abcdefghijkl',
  'abcdefghijklmnopqrstuvwxyz',
]);

export type PasswordProblem = 'short' | 'long' | 'email' | 'common' | 'characters';

const MESSAGES: Record<PasswordProblem, string> = {
  short: `at least ${PASSWORD_MIN_CHARACTERS} characters`,
  long: `at most ${PASSWORD_MAX_CHARACTERS} characters`,
  email: 'must not contain the e-mail address',
  common: 'is one of the first that anybody would try',
  characters: 'contains characters that cannot be typed',
};

export function describeProblem(problem: PasswordProblem): string {
  return MESSAGES[problem];
}

/** Null when the password may be used. Length in characters after normalisation; no rules of composition (NIST SP 800-63B 3.1.1.2). */
export function passwordProblem(password: string, email: string): PasswordProblem | null {
  if (password.length > PASSWORD_MAX_CHARACTERS * 2) return 'long';
  if (/[\p{Cc}\p{Cs}]/u.test(password)) return 'characters';
  const characters = [...normalisePassword(password)];
  if (characters.length < PASSWORD_MIN_CHARACTERS) return 'short';
  if (characters.length > PASSWORD_MAX_CHARACTERS) return 'long';
  const lower = characters.join('').toLowerCase();
  if (containsEmail(lower, email.toLowerCase())) return 'email';
  if (isCommon(lower, characters)) return 'common';
  return null;
}

/** The same password typed on another keyboard gives the same bytes. */
export function normalisePassword(password: string): string {
  return password.normalize('NFKC');
}

function containsEmail(password: string, email: string): boolean {
  if (password.includes(email)) return true;
  const name = email.split('@')[0] ?? '';
  // Short names occur in good passwords by chance.
  return core(password) === core(name) || (name.length >= 8 && password.includes(name));
}

function isCommon(lower: string, characters: string[]): boolean {
  if (new Set(characters).size < MIN_DIFFERENT) return true;
  if (isRun(characters)) return true;
  return COMMON.has(lower) || COMMON.has(core(lower));
}

/** Without the digits and signs that people add before and after a word. */
function core(text: string): string {
  return text.replace(/^[^a-z]{1,64}/, '').replace(/[^a-z]{1,64}$/, '');
}

/** 123456789012, abcdefghijkl: every character follows the one before it. */
function isRun(characters: string[]): boolean {
  const steps = characters.slice(1).map((character, at) => {
    const before = characters[at] ?? '';
    return (character.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0);
  });
  const regular = steps.filter((step) => Math.abs(step) <= 1 || Math.abs(step) === 9).length;
  return regular === steps.length;
}
