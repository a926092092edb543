import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { DocumentId } from '../../../preload/contract/domains/basics.ts';
import type { ChatScope } from '../../../preload/contract/domains/chat.ts';
import { addCase, createdEngine, ingested } from '../../support/engines.ts';
import { tempFolder } from '../../support/vaults.ts';

const letter = 'The pier lamp is lit at eight.\n\nThe pier lamp is put out at four.';

test('a question reads what it is asked of and nothing else, and says how much that was', async () => {
  const engine = await createdEngine(join(tempFolder(), 'vault'));
  onTestFinished(() => engine.close());
  const caseId = await addCase(engine, 'Harbour');
  const folder = tempFolder();
  for (const part of ['letters', 'logs']) mkdirSync(join(folder, part));
  writeFileSync(join(folder, 'letters', 'a.txt'), letter);
  writeFileSync(join(folder, 'letters', 'b.bin'), Buffer.from([0, 1, 2, 3, 0, 0, 0]));
  writeFileSync(join(folder, 'logs', 'c.txt'), 'Log: the pier lamp was lit at nine by the night watch.');
  writeFileSync(join(folder, 'logs', 'd.txt'), 'Log: the crane was oiled.');
  await ingested(engine, caseId, [join(folder, 'letters'), join(folder, 'logs')]);
  const lines: { id: DocumentId; path: string }[] = [];
  await engine.call('documents.list', { case: caseId }, (value) => lines.push(...value.lines));
  const idOf = (end: string): DocumentId => lines.find(({ path }) => path.endsWith(end))?.id ?? ('' as DocumentId);
  const ask = async (scope: ChatScope) => {
    const { turn } = await engine.call('chat.ask', { case: caseId, conversation: null, question: 'When is the pier lamp lit?', endpoint: null, scope });
    return { text: turn.answer?.sentences.map((sentence) => sentence.text).join(' '), coverage: turn.answer?.coverage, scope: turn.scope };
  };
  expect(await ask({ kind: 'case' })).toMatchObject({ coverage: { documents: 4, withoutText: 1, read: 2 } });
  expect(await ask({ kind: 'search', query: 'path:"logs/"' })).toMatchObject({ text: 'Log: the pier lamp was lit at nine by the night watch.', coverage: { documents: 2, withoutText: 0, read: 1 } });
  expect(await ask({ kind: 'search', query: 'path:"letters/"' })).toMatchObject({ coverage: { documents: 2, withoutText: 1, read: 1 } });
  const one = await ask({ kind: 'documents', documents: [idOf('a.txt')] });
  expect(one).toMatchObject({ coverage: { documents: 1, read: 1 }, scope: { kind: 'documents' } });
  expect(one.text).toContain('lit at eight');
  expect((await ask({ kind: 'span', document: idOf('a.txt'), start: letter.indexOf('\n\n') + 2, end: letter.length })).text).not.toContain('eight');
  expect(await ask({ kind: 'search', query: 'crane' })).toMatchObject({ text: '', coverage: { documents: 1, read: 0 } });
  await expect(ask({ kind: 'search', query: '"unclosed' })).rejects.toMatchObject({ wire: { code: 'search.bad-query' } });
  await expect(ask({ kind: 'documents', documents: ['f'.repeat(32) as DocumentId] })).rejects.toMatchObject({ wire: { code: 'case.unknown-document' } });
  const { conversations } = await engine.call('chat.conversations', { case: caseId });
  expect(conversations).toHaveLength(6);
});
