/** localStorage under our prefix. Where storage is blocked or full, nothing is kept and nothing breaks. */
const PREFIX = 'lorekeep.';

export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

export function writeStored(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, value);
  } catch {
    // Nothing is kept.
  }
}

export function readStoredJson<Value>(key: string, fallback: Value): Value {
  const text = readStored(key);
  if (text === null) return fallback;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return fallback;
  }
}

/** What somebody wrote stays behind for nobody else: called on signing out. */
export function forgetStored(startsWith: string): void {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX + startsWith)) localStorage.removeItem(key);
    }
  } catch {
    // Nothing was kept.
  }
}
