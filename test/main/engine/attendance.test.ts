import { expect, test } from 'vitest';
import { createAttendance } from '../../../main/engine/attendance.ts';

test('a person is there for a while after what a person does, and not for what the window or a job asks', () => {
  let now = 0;
  const attendance = createAttendance({ nowMs: () => now });
  expect(attendance.isAttended()).toBe(false);
  for (const route of ['ingest.watch', 'cases.list', 'events.watch', 'ocr.state', 'unknown', '']) attendance.noteCall(route);
  expect(attendance.isAttended()).toBe(false);
  attendance.noteCall('documents.text');
  now += 2999;
  expect(attendance.isAttended()).toBe(true);
  now += 1;
  expect(attendance.isAttended()).toBe(false);
});
