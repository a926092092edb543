import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSettings } from '../../../main/app/settings.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'redoubt-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (): string => join(folder, 'settings.json');

describe('the settings of this computer', () => {
  it('are the defaults before anything was chosen, and write no file', () => {
    const settings = openSettings(folder);
    expect(settings.get()).toEqual({ theme: 'system', idleMinutes: 10, panes: {}, singleKeys: true });
    expect(settings.keptAside).toBeNull();
    expect(existsSync(file())).toBe(false);
  });

  it('keep a choice across a restart and leave the others alone', () => {
    openSettings(folder).set({ theme: 'dark', idleMinutes: undefined });
    expect(openSettings(folder).get()).toMatchObject({ theme: 'dark', idleMinutes: 10 });
  });

  it('refuse a value outside its range and keep the old one', () => {
    const settings = openSettings(folder);
    settings.set({ idleMinutes: 5 });
    expect(() => settings.set({ idleMinutes: 0 })).toThrow('idleMinutes');
    expect(settings.get().idleMinutes).toBe(5);
    expect(openSettings(folder).get().idleMinutes).toBe(5);
  });

  it('fill in what an older version did not know', () => {
    writeFileSync(file(), '{"theme":"light"}');
    expect(openSettings(folder).get()).toEqual({ theme: 'light', idleMinutes: 10, panes: {}, singleKeys: true });
  });

  it.each([['half a file', '{"theme":"da'], ['another shape', '[1]'], ['a value out of range', '{"idleMinutes":-3}']])('keep %s aside and say so', (_what, damaged) => {
    writeFileSync(file(), damaged);
    const settings = openSettings(folder);
    expect(settings.keptAside).toBe('settings.damaged.json');
    expect(readFileSync(join(folder, 'settings.damaged.json'), 'utf8')).toBe(damaged);
    expect(settings.get().idleMinutes).toBe(10);
    expect(openSettings(folder).keptAside).toBeNull();
  });

  it('never write over a file that was kept aside before', () => {
    for (const damaged of ['first', 'second', 'third']) {
      writeFileSync(file(), damaged);
      openSettings(folder);
    }
    expect(readdirSync(folder).toSorted()).toEqual(['settings.damaged-2.json', 'settings.damaged-3.json', 'settings.damaged.json']);
    expect(readFileSync(join(folder, 'settings.damaged.json'), 'utf8')).toBe('first');
  });

  it('do not take a file that cannot be read for a damaged one', () => {
    mkdirSync(file());
    expect(() => openSettings(folder)).toThrow('EISDIR');
    expect(existsSync(file())).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('are readable by their owner only', () => {
    openSettings(folder).set({ theme: 'dark' });
    expect(statSync(file()).mode & 0o077).toBe(0);
  });
});
