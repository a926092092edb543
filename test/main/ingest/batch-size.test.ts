import { expect, test } from 'vitest';
import { batchSize } from '../../../main/ingest/batch-size.ts';

test('batches follow what files cost, and are large only while nobody waits behind them', () => {
  let isAttended = false;
  const batch = batchSize(() => isAttended);
  for (let round = 0; round < 50; round += 1) batch.took(200, 100); // 2 ms a file
  const alone = batch.families();
  isAttended = true;
  const attended = batch.families();
  expect(alone).toBeGreaterThan(attended);
  expect(attended).toBeLessThanOrEqual(10);
  for (let round = 0; round < 50; round += 1) batch.took(4000, 4);
  expect(batch.families()).toBe(4);
  isAttended = false;
  for (let round = 0; round < 50; round += 1) batch.took(0, 100);
  expect(batch.families()).toBe(512);
});
