import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chosenUserData, findVault, rememberVault, type Start } from '../../../main/app/vault-place.ts';

let userData = '';
beforeEach(() => {
  userData = mkdtempSync(join(tmpdir(), 'redoubt-place-'));
});
afterEach(() => rmSync(userData, { recursive: true, force: true }));

const cwd = resolve('somewhere');
const start = (argv: readonly string[], env: Start['env'] = {}): Start => ({ argv: ['redoubt', ...argv], env, cwd });

describe('where the vault is', () => {
  it('is in the user-data folder when nobody chose', () => {
    expect(findVault(start([]), userData)).toEqual({ folder: join(userData, 'vault'), keptAside: null });
  });

  it('is the argument before the environment before the last choice', () => {
    const [argument, variable, choice] = [resolve('a'), resolve('b'), resolve('c')];
    rememberVault(userData, choice);
    expect(findVault(start([]), userData).folder).toBe(choice);
    expect(findVault(start([], { REDOUBT_VAULT: variable }), userData).folder).toBe(variable);
    expect(findVault(start([`--vault=${argument}`], { REDOUBT_VAULT: variable }), userData).folder).toBe(argument);
  });

  it('counts a relative folder from where the program was started', () => {
    expect(findVault(start(['--vault=mine']), userData).folder).toBe(join(cwd, 'mine'));
  });

  it('takes the last of two arguments and an empty one for none', () => {
    expect(findVault(start(['--vault=one', '--vault=two']), userData).folder).toBe(join(cwd, 'two'));
    expect(findVault(start(['--vault='], { REDOUBT_VAULT: '' }), userData).folder).toBe(join(userData, 'vault'));
  });

  it('falls back from a damaged choice, which is kept aside and said', () => {
    writeFileSync(join(userData, 'place.json'), '{"vaultFolder":7}');
    expect(findVault(start([]), userData)).toEqual({ folder: join(userData, 'vault'), keptAside: 'place.damaged.json' });
    expect(readFileSync(join(userData, 'place.damaged.json'), 'utf8')).toBe('{"vaultFolder":7}');
  });
});

describe('where settings are', () => {
  it('is Electron’s choice unless the start names a folder', () => {
    expect(chosenUserData(start([]))).toBeNull();
    expect(chosenUserData(start([], { REDOUBT_USER_DATA: 'data' }))).toBe(join(cwd, 'data'));
    expect(chosenUserData(start(['--user-data=other'], { REDOUBT_USER_DATA: 'data' }))).toBe(join(cwd, 'other'));
  });
});
