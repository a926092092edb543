import { readFile, readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright';
import { describe, expect, it, vi } from 'vitest';
import { launch } from '../../support/electron-host.ts';
import { buildFixture, startFixture } from './fixture-app.ts';

/** The files below some folders that contain a text. */
async function filesHolding(text: string, folders: readonly string[]): Promise<string[]> {
  const needles = [Buffer.from(text), Buffer.from(text, 'utf16le')];
  const lists = await Promise.all(folders.map(async (folder) => (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))));
  const found: string[] = [];
  for (const file of lists.flat()) {
    const bytes = await readFile(file);
    if (needles.some((needle) => bytes.includes(needle))) found.push(file);
  }
  return found;
}

/** Where the app may have written: its user data and, on the stand-in, its profile in the temporary folder. */
async function placesOf(userData: string, pid: number): Promise<string[]> {
  const profiles = (await readdir(os.tmpdir())).filter((name) => name.startsWith(`stand-in-profile-${pid}-`));
  return [userData, ...profiles.map((name) => path.join(os.tmpdir(), name))];
}

/** Writes a text to every kind of storage that a page has. */
async function store(page: Page, secret: string): Promise<void> {
  await page.evaluate(async (text) => {
    localStorage.setItem('kept', text);
    await (await caches.open('kept')).put('/kept', new Response(text));
    await new Promise((resolve, reject) => {
      const request = indexedDB.open('kept', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('kept').put(text, 1);
      request.onsuccess = resolve;
      request.onerror = reject;
    });
  }, secret);
}

describe('a partition', () => {
  it('that is the default one writes to the disk, where the next test looks', async () => {
    await using running = await startFixture();
    const secret = `secret-${process.pid}-on-disk`;
    await store(running.page, secret);
    const places = await placesOf(running.fixture.userData, await running.application.evaluate(() => process.pid));
    await vi.waitFor(async () => expect(await filesHolding(secret, places)).not.toEqual([]), 10_000);
  });

  it('without persist: keeps everything off the disk and to itself', async () => {
    await using running = await startFixture({ env: { FIXTURE_PARTITION: 'memory' } });
    const { application, page, fixture } = running;
    const secret = `secret-${process.pid}-only-in-memory`;
    await store(page, secret);
    expect(await page.evaluate(() => localStorage.getItem('kept'))).toBe(secret);
    expect(await application.evaluate(({ session }) => {
      const memory = session.fromPartition('memory');
      return [memory.isPersistent(), memory.getStoragePath(), memory === session.fromPartition('memory'), memory === session.defaultSession];
    })).toEqual([false, null, true, false]);
    await application.evaluate(({ session }) => session.fromPartition('memory').clearCache());
    expect(await filesHolding(secret, await placesOf(fixture.userData, await application.evaluate(() => process.pid)))).toEqual([]);
  });

  it('without persist: forgets what is cleared', async () => {
    await using running = await startFixture({ env: { FIXTURE_PARTITION: 'memory' } });
    await running.page.evaluate(() => localStorage.setItem('kept', 'once'));
    await running.application.evaluate(({ session }) => session.fromPartition('memory').clearStorageData());
    await running.page.reload();
    expect(await running.page.evaluate(() => localStorage.getItem('kept'))).toBe(null);
  });

  it('with persist: is there again after a restart', async () => {
    await using fixture = await buildFixture();
    const visit = async (act: () => string | null): Promise<string | null> => {
      const application = await launch({ args: [fixture.appFolder], env: fixture.environment({ FIXTURE_PARTITION: 'persist:kept' }) });
      const page = await application.firstWindow();
      await page.waitForSelector('#ready:not(:empty)');
      const result = await page.evaluate(act);
      await application.close();
      return result;
    };
    await visit(() => { localStorage.setItem('kept', 'over a restart'); return null; });
    expect(await visit(() => localStorage.getItem('kept'))).toBe('over a restart');
  });

  it('sets spelling, proxy and handlers per session', async () => {
    await using running = await startFixture();
    expect(await running.application.evaluate(async ({ session }) => {
      const other = session.fromPartition('other');
      other.setSpellCheckerEnabled(false);
      other.setSpellCheckerDictionaryDownloadURL('app://bundle/');
      await other.setProxy({ mode: 'direct' });
      other.setPermissionCheckHandler(() => false);
      other.setDevicePermissionHandler(() => false);
      return [other.isSpellCheckerEnabled(), session.defaultSession.isSpellCheckerEnabled()];
    })).toEqual([false, true]);
  });
});
