import { expect, test } from 'vitest';
import { openReader } from '../../../main/store/reader.ts';
import { createCaseDb } from '../../support/case-db.ts';

test('what is read together sees the case at one moment; the next reading sees what came since', () => {
  const db = createCaseDb();
  const reader = openReader(db.options, 'the test');
  try {
    const countTwice = (): unknown[] => reader.read((read) => {
      const count = (): unknown => read.get('SELECT count(*) AS documents FROM documents');
      const before = count();
      db.add({ path: `${String(Math.random())}.txt`, body: 'a pump' });
      return [before, count()];
    });
    expect(countTwice()).toEqual([{ documents: 0 }, { documents: 0 }]);
    expect(countTwice()).toEqual([{ documents: 1 }, { documents: 1 }]);
  } finally {
    reader.close();
    db.close();
  }
});

test('a reading that fails leaves nothing open', () => {
  const db = createCaseDb();
  const reader = openReader(db.options, 'the test');
  try {
    expect(() => reader.read(() => { throw new Error('in the middle'); })).toThrow('in the middle');
    db.add({ path: 'a.txt', body: 'a pump' });
    expect(reader.read((read) => read.get('SELECT count(*) AS documents FROM documents'))).toEqual({ documents: 1 });
  } finally {
    reader.close();
    db.close();
  }
});
