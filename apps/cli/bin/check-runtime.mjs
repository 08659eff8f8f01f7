// Old syntax only; see bootstrap.mjs.
const MINIMUM = [20, 19];

/** One sentence when Lorekeep cannot run here, else nothing. */
export function checkRuntime(version, platform) {
  const parts = version.split('.').map(Number);
  if (parts[0] < MINIMUM[0] || (parts[0] === MINIMUM[0] && parts[1] < MINIMUM[1])) {
    return (
      'Lorekeep needs Node ' +
      MINIMUM.join('.') +
      ' or newer, and this is Node ' +
      version +
      ': install a newer one from https://nodejs.org.'
    );
  }
  if (platform === 'win32') {
    return 'Lorekeep runs on Linux and macOS: on Windows, start it inside WSL 2.';
  }
  return undefined;
}
