import { strict } from './strict.ts';

const valuesBySwitch = new Map<string, string>();

/** app.commandLine: the switches that Chromium will be started with. */
export const commandLine = strict('app.commandLine', {
  appendSwitch(name: string, value = ''): void {
    const earlier = valuesBySwitch.get(name);
    const isList = name === 'disable-features' || name === 'enable-features'; // a second list must not undo the first
    valuesBySwitch.set(name, isList && earlier ? `${earlier},${value}` : value);
  },
  removeSwitch(name: string): void {
    valuesBySwitch.delete(name);
  },
  hasSwitch: (name: string): boolean => valuesBySwitch.has(name),
  getSwitchValue: (name: string): string => valuesBySwitch.get(name) ?? '',
});

/** A copy of the switches set so far. */
export function appendedSwitches(): Map<string, string> {
  return new Map(valuesBySwitch);
}
