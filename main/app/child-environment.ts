/** The variables that the engine and its children may see, in upper case. */
const allowedNames: ReadonlySet<string> = new Set([
  'PATH', 'HOME', 'USERPROFILE', 'USER', 'LOGNAME', 'USERNAME', 'SHELL',
  'TMPDIR', 'TEMP', 'TMP', 'LANG', 'LANGUAGE', 'TZ',
  'SYSTEMROOT', 'SYSTEMDRIVE', 'WINDIR', 'COMSPEC', 'PATHEXT', 'APPDATA', 'LOCALAPPDATA', 'PROGRAMDATA', 'NUMBER_OF_PROCESSORS',
  'LD_LIBRARY_PATH',
]);

const allowedPrefixes: readonly string[] = ['LC_', 'XDG_', 'REDOUBT_'];

/**
 * The environment for child processes: only what is named here. Keys and hosts of model services, proxies, certificate
 * overrides, TLS key logs and Node's own options (OPENAI_*, AWS_*, HTTPS_PROXY, SSLKEYLOGFILE, NODE_OPTIONS) are unknown to it,
 * and so is whatever tomorrow's library reads.
 */
export function childEnvironment(inherited: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(inherited)) {
    const upper = name.toUpperCase(); // Windows keeps the case and ignores it
    if (value !== undefined && (allowedNames.has(upper) || allowedPrefixes.some((prefix) => upper.startsWith(prefix)))) kept[name] = value;
  }
  return kept;
}
