import { describe, expect, test } from 'vitest';
import { classifyQuestion } from '../../../../main/chat/exhaustive/classify-question.ts';
import { deriveQuery } from '../../../../main/chat/exhaustive/query-plan.ts';
import { parseQuery } from '../../../../main/search/index.ts';

function derive(question: string) {
  const asked = classifyQuestion(question);
  return asked === null ? null : deriveQuery(asked);
}

describe('a kind of writing that no file says of itself', () => {
  test('is no word of the query, and the plan says that all kinds are counted', () => {
    expect(derive('How many letters mention the pump?')).toEqual({ plan: { kind: 'query', wanted: 'count', of: 'documents', query: 'pump' }, doubts: ['Documents of every kind are counted: which of them are letters is not known.'] });
    expect(derive('Which of the reports from Harrow mention the seal?')?.plan.query).toBe('from:Harrow seal');
  });

  test('alone gives no query of everything', () => {
    expect(derive('How many invoices are there?')).toBeNull();
    expect(derive('How many contracts did Harrow win?')).toBeNull();
  });
});

test('unread is looked for as uncoded, and the plan says that this is another thing', () => {
  expect(derive('How many unread documents mention the pump?')).toEqual({ plan: { kind: 'query', wanted: 'count', of: 'documents', query: 'coded:none pump' }, doubts: ['Who has read a document is not kept: those without a code are counted as unread.'] });
  expect(derive('How many uncoded documents mention the pump?')?.doubts).toEqual([]);
});

describe('a question that the grammar takes whole becomes a query that is certain', () => {
  test.each([
    ['How many documents mention Corran Light?', 'documents', '"Corran Light"'],
    ['How many documents mention harbour dues?', 'documents', '"harbour dues"'],
    ['Which documents is Harrow mentioned in?', 'documents', 'Harrow'],
    ['In how many documents does the Bank of Lowfen appear?', 'documents', '"Bank of Lowfen"'],
    ['How many documents mention no pumps?', 'documents', 'NOT pumps'],
    ['How many documents mention neither fuel nor pumps?', 'documents', 'NOT (fuel OR pumps)'],
    ['How many documents mention no "spare pumps"?', 'documents', 'NOT "spare pumps"'],
    ['How many documents mention "not pumps"?', 'documents', '"not pumps"'],
    ['How many documents mention Never Despair?', 'documents', '"Never Despair"'],
    ['Which documents do not mention pump 4B?', 'documents', 'NOT "pump 4B"'],
    ['List all documents that mention "spare pumps" or "BP-7742"', 'documents', '("spare pumps" OR "BP-7742")'],
    ['What documents contain both Harrow and Brackmere?', 'documents', 'Harrow Brackmere'],
    ['How many emails did Ann Smith send to Bob in March 2024?', 'messages', 'type:mail from:"Ann Smith" to:Bob date:2024-03'],
    ['how many messages between Ann and Bob are there', 'messages', 'type:mail (from:Ann to:Bob OR from:Bob to:Ann)'],
    ['Which emails were sent to station4@lowfen.example?', 'messages', 'type:mail to:"station4@lowfen.example"'],
    ['Which emails from Harrow mention the seal?', 'messages', 'type:mail from:Harrow seal'],
    ['List all emails sent between 1 March 2024 and 5 April 2024', 'messages', 'type:mail date:2024-03-01..2024-04-05'],
    ['Count the emails sent after March 2024 with attachments', 'messages', 'type:mail date:2024-04.. has:attachment'],
    ['How many emails were sent before 1 January 2024?', 'messages', 'type:mail date:..2023-12-31'],
    ['List every email since 2023', 'messages', 'type:mail date:2023..'],
    ['How many emails mention Harrow sent in March 2024', 'messages', 'type:mail Harrow date:2024-03'],
    ['How many PDFs are there?', 'documents', 'type:pdf'],
    ['How many spreadsheets contain the word total?', 'documents', 'type:table total'],
    ['How many documents are there in total?', 'documents', 'state:text OR state:no-text OR state:quarantined'],
    ['Show me every file coded relevant', 'documents', 'coded:relevant'],
    ['How many relevant documents mention Harrow?', 'documents', 'coded:relevant Harrow'],
    ['List all documents in the folder "letters"', 'documents', 'path:"letters/"'],
    ['How many times is pump 4B mentioned?', 'mentions', '"pump 4B"'],
    ['Find every mention of Station 4', 'mentions', '"Station 4"'],
    ['Is there any mention of cholera?', 'mentions', 'cholera'],
  ])('%s', (question, of, query) => {
    const derived = derive(question);
    expect(derived).toMatchObject({ plan: { of, query }, doubts: [] });
    expect(() => parseQuery(query)).not.toThrow();
  });
});

describe('a question that says more than a query can look for is never certain', () => {
  test.each([
    'Which documents are about the flood?', 'How many documents mention Harrow in March 2024?', 'How many emails mention the letter to Ann?', 'How many documents mention a leak in the pump?', 'Which documents say that the pump failed?',
    'How many documents from Ann mention the seal?', 'How many emails did she send last week?', 'Which emails mention Harrow and Brackmere or Quern?', 'How many documents mention Harrow more than twice?', 'How many documents were written by hand?',
    'How many documents mention pumps or not valves?', 'How many documents mention fuel except emails?', 'How many documents mention every pump?', 'How many documents mention pumps twice?', 'How many emails mention nothing?', 'How many documents mention only pumps?',
    'How many documents mention pumps at least twice?', 'How many documents mention Harrow NOT Quern?', 'How many documents mention no pumps and valves?', 'How many documents do not mention no pumps?', 'How many documents mention pumps without valves?', 'How many documents mention all pumps?',
    'How many emails have the subject not pumps?', 'How many emails with the subject nothing new?', 'How many documents mention Harrow too?', 'How many documents mention about Harrow?', 'How many documents mention Harrow before Quern?', 'How many documents never mention all pumps?', 'How many times are no pumps mentioned?',
    'How many times are Harrow and Brackmere mentioned?', 'Which documents mention Harrow, Brackmere?', 'How many emails from the engineer mention it?', 'Which documents mention nobody?; DROP TABLE', 'How many emails mention Harrow from Ann?',
  ])('%s', (question) => {
    const derived = derive(question);
    expect(derived === null || derived.doubts.length > 0).toBe(true);
  });
});

test.each(['How many call-outs does invoice HS-24-0311 charge?', 'How many words are in the contract?', 'List all invoices', 'Who all signed?', 'How many people work there?'])('what is no document is not counted by query: %s', (question) => {
  expect(derive(question)).toBeNull();
});

test.each(['"', '“', 'AND', 'NOT NOT', 'a:b', 'NEAR/3', '(((', '*', 'x*y', 'from:', '\u202E', '" OR type:mail "'])('whatever a question holds, its query can be parsed: %s', (odd) => {
  const derived = derive(`How many documents mention ${odd} pump?`);
  expect(() => parseQuery(derived?.plan.query ?? 'none')).not.toThrow();
});
