import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { audited } from '../../../main/audit/index.ts';
import { addAnnotation, changeAnnotation, removeAnnotation } from '../../../main/annotate/index.ts';
import type { OpId } from '../../../preload/contract/domains/basics.ts';
import { appendOp, dumpProjections, insertOp, iterateOps, listAnnotations, project, readDocumentState, readHeads, rebuild, type CaseStore, type Op } from '../../../main/store/index.ts';
import { createUndoStack, setNote, setVerdict } from '../../../main/triage/index.ts';
import { addTextDocument, newCase, newVault, tempFolder } from '../../support/vaults.ts';

/** The projections rebuilt from the ops alone. */
function rebuilt(store: CaseStore): string[] {
  return store.bookkeep((db) => {
    rebuild(db);
    return dumpProjections(db);
  });
}

test('whatever people do, the projections are what the ops explain', async () => {
  const vault = await newVault(tempFolder());
  const store = newCase(vault);
  const documents = [await addTextDocument(store, 'a.txt', 'The pump tripped after nine hours.'), await addTextDocument(store, 'b.txt', 'Nothing of note was found at the weir.')];
  const act = fc.oneof(
    fc.record({ do: fc.constant('code' as const), of: fc.nat(1), verdict: fc.constantFrom('relevant' as const, 'not-relevant' as const, 'deferred' as const, null) }),
    fc.record({ do: fc.constant('note' as const), of: fc.nat(1), text: fc.string({ maxLength: 20 }) }),
    fc.record({ do: fc.constant('annotate' as const), of: fc.nat(1), start: fc.nat(10), length: fc.integer({ min: 1, max: 12 }) }),
    fc.record({ do: fc.constant('change' as const), which: fc.nat(3), note: fc.string({ maxLength: 10 }) }),
    fc.record({ do: fc.constant('remove' as const), which: fc.nat(3) }),
    fc.constant({ do: 'undo' as const }),
    fc.constant({ do: 'redo' as const }),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
      const undo = createUndoStack();
      for (const step of acts) {
        const document = 'of' in step ? documents[step.of] : undefined;
        const annotation = 'which' in step ? listAnnotations(store.read, null, null, 0, 100)[step.which] : undefined;
        if (step.do === 'code' && document !== undefined) undo.push(setVerdict(store, document, step.verdict));
        else if (step.do === 'note' && document !== undefined) undo.push(setNote(store, document, step.text));
        else if (step.do === 'annotate' && document !== undefined) undo.push(addAnnotation(store, document, { start: step.start, end: step.start + step.length }, 'claim', '').op);
        else if (step.do === 'change' && annotation !== undefined) undo.push(changeAnnotation(store, annotation.id, { note: step.note }).op);
        else if (step.do === 'remove' && annotation !== undefined) undo.push(removeAnnotation(store, annotation.id));
        else if (step.do === 'undo') undo.undo(store);
        else if (step.do === 'redo') undo.redo(store);
      }
      const before = dumpProjections(store.read);
      expect(rebuilt(store)).toEqual(before);
    }),
    { numRuns: 25 },
  );
});

test('an op names what it replaces, and undo is an op that brings the old value back', async () => {
  const store = newCase(await newVault(tempFolder()));
  const document = await addTextDocument(store, 'a.txt', 'text');
  const undo = createUndoStack();
  const first = setVerdict(store, document, 'relevant');
  undo.push(first);
  const second = setVerdict(store, document, 'not-relevant');
  undo.push(second);
  expect(second.preds).toEqual([first.id]);
  expect(undo.undo(store)).toMatchObject({ document: document.id, said: 'Coded Relevant again' });
  expect(readDocumentState(store.read, document.document).verdict).toBe('relevant');
  expect(undo.redo(store)).not.toBeNull();
  expect(readDocumentState(store.read, document.document).verdict).toBe('not-relevant');
  undo.undo(store);
  undo.undo(store);
  expect(readDocumentState(store.read, document.document).verdict).toBeNull();
  expect(undo.undo(store)).toBeNull();
  const ops = [...iterateOps(store.read)].filter((op) => op.kind === 'document.coded');
  expect(ops).toHaveLength(6);
  expect(ops.filter((op) => op.undoes !== null)).toHaveLength(4);
});

test('two people who decide apart both keep their decision; the later one shows until somebody decides again', async () => {
  const store = newCase(await newVault(tempFolder()));
  const document = await addTextDocument(store, 'a.txt', 'text');
  const entity = `document:${document.id}`;
  const mine = setVerdict(store, document, 'relevant');
  // An op that arrives from elsewhere names only what its author had seen: nothing.
  const theirs: Op = { ...mine, id: 'ab'.repeat(16) as OpId, actor: 'cd'.repeat(16), hlc: { ms: mine.hlc.ms + 1, n: 0 }, value: { verdict: 'not-relevant' }, preds: [] };
  audited(
    store,
    (db) => {
      insertOp(db, theirs);
      project(db, theirs);
    },
    () => ({ action: 'test.received', objects: [theirs.id], marking: 'UNCLASSIFIED' }),
  );
  expect(readHeads(store.read, entity, 'document.coded').map((head) => head.op)).toEqual([theirs.id, mine.id]);
  expect(readDocumentState(store.read, document.document).verdict).toBe('not-relevant');
  const settled = setVerdict(store, document, 'deferred');
  expect([...settled.preds].sort()).toEqual([theirs.id, mine.id].sort());
  expect(readHeads(store.read, entity, 'document.coded')).toHaveLength(1);
});

test('a write without an audit record does not stand', async () => {
  const store = newCase(await newVault(tempFolder()));
  const document = await addTextDocument(store, 'a.txt', 'text');
  expect(() => store.act((db) => appendOp(store, db, { entity: `document:${document.id}`, kind: 'document.coded', value: { verdict: 'relevant' } }))).toThrow(/audit/);
  expect(readDocumentState(store.read, document.document).verdict).toBeNull();
});
