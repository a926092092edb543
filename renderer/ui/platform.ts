/** Says whether the program runs on macOS, where Ctrl reads Cmd. */
export function isMac(): boolean {
  return /Mac/.test(navigator.userAgent);
}
