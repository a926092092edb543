import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { forgetAttempts, lookAtVault, unlockVault } from '../../../main/store/index.ts';
import { overwriteBytes } from '../../support/damage.ts';
import { bytesOf, newCase, newVault, passphrase, recoveryCode, tempFolder, testClock, testTools } from '../../support/vaults.ts';

const withPassphrase = (text: string): { with: 'passphrase'; secret: Uint8Array } => ({ with: 'passphrase', secret: bytesOf(text) });

describe('a vault', () => {
  test('opens with its passphrase, in any Unicode form, and with its recovery code as people type it', async () => {
    const folder = tempFolder();
    const tools = testTools();
    (await newVault(folder, tools)).close();
    for (const unlocking of [withPassphrase(passphrase), { with: 'recovery-code' as const, secret: bytesOf(recoveryCode.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')) }]) {
      const vault = await unlockVault(tools, folder, unlocking);
      expect(vault.actor.person.name).toBe('Analyst');
      vault.close();
    }
  });

  test('refuses a wrong passphrase with a growing delay that a restart does not reset', async () => {
    const folder = tempFolder();
    const clock = testClock();
    const tools = testTools(clock);
    (await newVault(folder, tools)).close();
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await expect(unlockVault(tools, folder, withPassphrase('wrong'))).rejects.toMatchObject({ code: 'vault.wrong-passphrase', data: { failed: attempt } });
    }
    await expect(unlockVault(tools, folder, withPassphrase(passphrase))).rejects.toMatchObject({ code: 'vault.wait-before-retry' });
    const first = lookAtVault(tools, folder).waitUntil ?? 0;
    expect(first - clock.nowMs()).toBe(2000);
    clock.advance(2001);
    await expect(unlockVault(tools, folder, withPassphrase('wrong again'))).rejects.toMatchObject({ code: 'vault.wrong-passphrase' });
    expect((lookAtVault(tools, folder).waitUntil ?? 0) - clock.nowMs()).toBe(4000);
    clock.advance(4001);
    const vault = await unlockVault(tools, folder, withPassphrase(passphrase));
    expect(vault.failedBefore).toHaveLength(4);
    forgetAttempts(folder);
    vault.close();
    expect(lookAtVault(tools, folder).failed).toEqual([]);
  });

  test('a damaged attempts file slows a guesser down instead of helping', async () => {
    const folder = tempFolder();
    const tools = testTools();
    (await newVault(folder, tools)).close();
    writeFileSync(join(folder, 'attempts.json'), '{"failed": "none"}');
    expect(lookAtVault(tools, folder).failed.length).toBeGreaterThanOrEqual(3);
  });

  test('changes its passphrase with the old one or the recovery code; the old one opens nothing then', async () => {
    const folder = tempFolder();
    const tools = testTools();
    const vault = await newVault(folder, tools);
    await vault.changePassphrase(withPassphrase(passphrase), bytesOf('second passphrase'));
    await vault.changePassphrase({ with: 'recovery-code', secret: bytesOf(recoveryCode) }, bytesOf('third passphrase'));
    await expect(vault.changePassphrase(withPassphrase(passphrase), bytesOf('x'))).rejects.toMatchObject({ code: 'vault.wrong-passphrase' });
    vault.close();
    await expect(unlockVault(tools, folder, withPassphrase('second passphrase'))).rejects.toMatchObject({ code: 'vault.wrong-passphrase' });
    (await unlockVault(tools, folder, withPassphrase('third passphrase'))).close();
  });

  test('is open in one place at a time', async () => {
    const folder = tempFolder();
    const tools = testTools();
    await newVault(folder, tools);
    await expect(unlockVault(tools, folder, withPassphrase(passphrase))).rejects.toMatchObject({ code: 'vault.in-use' });
  });

  test('a newer slot file, a damaged one and a missing one each give a named error and touch nothing', async () => {
    const folder = tempFolder();
    const tools = testTools();
    (await newVault(folder, tools)).close();
    const file = join(folder, 'vault.json');
    const good = readFileSync(file, 'utf8');
    const flipped = good.replace('"salt": "', '"salt": "00');
    const cases: readonly [string, string][] = [['vault.newer', JSON.stringify({ ...JSON.parse(good) as object, version: 99 })], ['vault.slots-damaged', flipped], ['vault.slots-damaged', 'not json']];
    for (const [code, content] of cases) {
      writeFileSync(file, content);
      await expect(unlockVault(tools, folder, withPassphrase(passphrase))).rejects.toMatchObject({ code });
      expect(readFileSync(file, 'utf8')).toBe(content);
    }
    rmSync(file);
    await expect(unlockVault(tools, folder, withPassphrase(passphrase))).rejects.toMatchObject({ code: 'vault.slots-damaged' });
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, good);
    (await unlockVault(tools, folder, withPassphrase(passphrase))).close();
  });

  test('a database with a flipped bit gives a named error and is left as it is', async () => {
    const folder = tempFolder();
    const tools = testTools();
    const vault = await newVault(folder, tools);
    const store = newCase(vault);
    store.checkpoint();
    const file = join(folder, 'cases', store.id, 'case.db');
    vault.close();
    const size = statSync(file).size;
    overwriteBytes(file, 100, Buffer.from([0xff, 0x00, 0xff]));
    const again = await unlockVault(tools, folder, withPassphrase(passphrase));
    expect(() => again.case(store.id)).toThrow(expect.objectContaining({ code: 'vault.database-damaged' }));
    again.close();
    expect(statSync(file).size).toBe(size);
    renameSync(file, `${file}.away`);
    const third = await unlockVault(tools, folder, withPassphrase(passphrase));
    expect(() => third.case(store.id)).toThrow(expect.objectContaining({ code: 'vault.database-damaged' }));
    expect(existsSync(file)).toBe(false);
    third.close();
  });

  test('nothing that it writes holds its secrets or names in the clear', async () => {
    const folder = tempFolder();
    const vault = await newVault(folder);
    const store = newCase(vault, 'Heron-canary-name');
    vault.close();
    for (const file of ['vault.db', 'vault.json', 'attempts.json', 'vault.lock', join('cases', store.id, 'case.db')]) {
      const path = join(folder, file);
      if (!existsSync(path)) continue;
      const bytes = readFileSync(path);
      for (const text of [passphrase, recoveryCode, 'Heron-canary-name', 'Analyst']) expect(bytes.includes(text), `${text} in ${file}`).toBe(false);
    }
  });

  test('refuses an empty passphrase, a code that is none, and a folder that has a vault', async () => {
    const folder = tempFolder();
    await newVault(folder);
    await expect(newVault(folder)).rejects.toMatchObject({ code: 'vault.exists' });
  });
});
