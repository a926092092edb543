import { expect, test } from 'vitest';
import { baseSubject, headerFacts, personKeys, printedFacts, type MessageFacts } from '../../../../main/search/groups/message-facts.ts';
import { createThreads } from '../../../../main/search/groups/threads.ts';
import { isCarriedBy, squeezed } from '../../../../main/search/groups/within.ts';

const facts = (given: Partial<MessageFacts>): MessageFacts => ({ ids: [''], subject: 'berth four', isReply: false, people: ['a@port.example'], sentAt: 0, start: 0, ...given });
const dayMs = 24 * 60 * 60_000;
const never = (): boolean => false;

test.each([
  ['Re: RE: Fwd: Berth 4', 'berth 4', true], ['[crew] AW: [2] Berth 4', 'berth 4', true], ['Re[2]: Berth 4', 'berth 4', true], ['Berth 4', 'berth 4', false], ['Re:', '', true], ['Regarding berth 4', 'regarding berth 4', false],
])('the subject %j is %j', (subject, base, isReply) => {
  expect(baseSubject(subject)).toEqual({ subject: base, isReply });
});

test('a person is the same by address and by name, in any order of its words', () => {
  expect(personKeys('Reed, Ann', 'Ann.Reed@port.example')).toEqual(['ann.reed@port.example', 'ann reed']);
  expect(personKeys('Ann REED', '')).toEqual(['ann reed']);
  expect(personKeys("'ann.reed@port.example'", "'ann.reed@port.example'")).toEqual(['ann.reed@port.example']);
});

test('messages join by the ids that they name, whatever their subjects, and two threads become one when a message names both', () => {
  const threads = createThreads();
  expect(threads.join(1, facts({ ids: ['a'] }), never)).toEqual({ thread: 1, merged: [] });
  expect(threads.join(2, facts({ ids: ['b', 'a'], subject: 'something else' }), never)).toEqual({ thread: 1, merged: [] });
  expect(threads.join(3, facts({ ids: ['c'], subject: 'crane' }), never)).toEqual({ thread: 3, merged: [] });
  expect(threads.join(4, facts({ ids: ['d', 'c', 'b'] }), never)).toEqual({ thread: 1, merged: [3] });
  expect(threads.messagesOf(1).map(({ content }) => content)).toEqual([1, 2, 3, 4]);
  expect(threads.messagesOf(3)).toEqual([]);
});

test('an answer that comes before what it answers waits for it', () => {
  const threads = createThreads();
  threads.join(1, facts({ ids: ['b', 'a'], isReply: true }), never);
  expect(threads.join(2, facts({ ids: ['a'] }), never).thread).toBe(1);
});

test('without ids a reply joins what has its subject, a person of it and lies within a month', () => {
  const joins = (given: Partial<MessageFacts>): boolean => {
    const threads = createThreads();
    threads.join(1, facts({}), never);
    return threads.join(2, facts({ isReply: true, sentAt: dayMs, ...given }), never).thread === 1;
  };
  expect(joins({})).toBe(true);
  expect(joins({ people: ['z@port.example'] })).toBe(false);
  expect(joins({ subject: 'berth five' })).toBe(false);
  expect(joins({ sentAt: 40 * dayMs })).toBe(false);
  expect(joins({ isReply: false })).toBe(false); // a new message of an old subject
  expect(joins({ subject: '' })).toBe(false);
});

test('without people in common a reply joins what it quotes', () => {
  const threads = createThreads();
  threads.join(1, facts({}), never);
  expect(threads.join(2, facts({ isReply: true, people: ['z@port.example'] }), (other) => other === 1).thread).toBe(1);
});

test('of several threads of one subject a reply joins the one that is nearest in time', () => {
  const threads = createThreads();
  threads.join(1, facts({ sentAt: 0 }), never);
  threads.join(2, facts({ sentAt: 10 * dayMs }), never);
  expect(threads.join(3, facts({ isReply: true, sentAt: 11 * dayMs }), never).thread).toBe(2);
});

test('a printed header is read, also where a scan lost a colon, and where the message begins', () => {
  const body = 'PORT OF EXAMPLE Doc 7\n\n\nFrom:            Reed, Ann <ReedA@port.example>\nSent:            Monday, May 31, 2010 11:13 PM\nTo:              Office; Bo Lund <bo@port.example>\nSubject          Re: Berth 4\n\nIt is empty.\n';
  const found = printedFacts(body);
  expect(found).toMatchObject({ ids: [''], subject: 'berth 4', isReply: true, people: ['ann reed', 'bo lund', 'bo@port.example', 'office', 'reeda@port.example'], sentAt: Date.UTC(2010, 4, 31, 23, 13) });
  expect(body.slice(found?.start).trim()).toBe('It is empty.');
});

test('prose that speaks of a subject is no message', () => {
  expect(printedFacts('The subject of the survey\nFrom the quay one sees the crane.\nTo the left, the berth.\n')).toBeNull();
  expect(printedFacts('Subject: Notes\n\nThe crane is empty.')).toBeNull();
});

test('headers give ids without their brackets, the nearest before it first', () => {
  const mail = { from: [{ name: 'Ann', address: 'a@x.example' }], to: [], cc: [], subject: 'Re: x y', sentAt: 5, sentAsWritten: null, messageId: '<m@x>', inReplyTo: '<l@x>', references: ['<j@x>', '<k@x>', '<l@x>'] };
  expect(headerFacts(mail)).toMatchObject({ ids: ['m@x', 'l@x', 'k@x', 'j@x'], subject: 'x y', isReply: true });
});

test('a message that stands whole in a later one adds nothing, however it is quoted; one that says or carries more does', () => {
  const first = 'The survey of berth four is done.\nThe crane was empty, the seal was whole.';
  const quoted = `Thank you, that is good to know.\n\nOn Monday Ann wrote:\n> ${first.replaceAll('\n', '\n> ')}\n`;
  const carried = (body: string, attachments: readonly number[] = []): { text: string; attachments: readonly number[] } => ({ text: squeezed(body, 0), attachments });
  expect(isCarriedBy(carried(first), carried(quoted))).toBe(true);
  expect(isCarriedBy(carried(first.replace('whole', 'not whole')), carried(quoted))).toBe(false);
  expect(isCarriedBy(carried(first, [7]), carried(quoted))).toBe(false);
  expect(isCarriedBy(carried(first, [7]), carried(quoted, [7, 8]))).toBe(true);
  expect(isCarriedBy(carried(quoted), carried(first))).toBe(false);
  expect(isCarriedBy(carried('Thanks'), carried(quoted))).toBe(false);
});

test('the running head of a printed page is no part of what a message says', () => {
  const head = '  PORT OF EXAMPLE Doc 7';
  const body = `${head}\nFrom: a\n\nThe crane was empty.\n${head}\n`;
  expect(squeezed(body, body.indexOf('\n\n'))).toBe('thecranewasempty');
});
