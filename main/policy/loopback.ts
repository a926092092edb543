/** True for the names and addresses of this computer: localhost, 127.0.0.0/8, ::1. `hostname` is as the URL standard writes it. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
