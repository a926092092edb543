import { setTimeout as wait } from 'node:timers/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createGrouper } from '../../../main/ingest/index.ts';
import { addTextDocument, newCase, newVault, tempFolder } from '../../support/vaults.ts';

test('comparing waits while a job is at work, and follows by itself when the job has ended', async () => {
  const store = newCase(await newVault(join(tempFolder(), 'vault')));
  await addTextDocument(store, 'dump/a.txt', 'The survey of berth four found the crane empty and the seal whole.');
  let isBringingIn = true;
  const onGroups = vi.fn<() => void>();
  const grouper = createGrouper(store, onGroups, () => isBringingIn);
  onTestFinished(() => grouper.close());
  grouper.poke();
  await wait(2500); // longer than the quiet that is waited for otherwise
  expect(onGroups).not.toHaveBeenCalled();
  isBringingIn = false;
  await vi.waitFor(() => expect(onGroups).toHaveBeenCalledOnce(), { timeout: 20_000 });
});
