import { describe, expect, test } from 'vitest';
import { isHeadLine, isMarkLine } from '../../../../main/chat/reader/head-lines.ts';
import { readQuestion } from '../../../../main/chat/reader/question.ts';
import { holdsWanted, mayAnswer, wantedIn } from '../../../../main/chat/reader/wanted.ts';

const even = (): number => 1;

describe('a question', () => {
  test.each([
    ['Who signed the certificate?', 'open'], ['According to the log, when did the gate jam?', 'open'], ['List the invoices of March', 'open'],
    ['Was the certificate signed?', 'statement'], ['The certificate was signed at 16:00.', 'statement'], ['pump 4B bearing', 'statement'],
  ])('%j is %s', (text, form) => expect(readQuestion(text, even).form).toBe(form));

  test('asks the index for the forms of a verb that a stemmer keeps apart', () => {
    expect(readQuestion('Who wrote to the board?', even).match).toContain('"write"');
    expect(readQuestion('When did they send it?', even).match).toContain('"sent"');
  });

  test('tells names from what is asked of them, and from the kind of thing that answers', () => {
    const parts = new Map(readQuestion('Which senator did Orla Fenwick write to about the survey?', even).words.map(({ key, part }) => [key, part]));
    expect([parts.get('senat'), parts.get('orla'), parts.get('survei')]).toEqual(['kind', 'name', 'matter']);
    expect(readQuestion('When did Orla Fenwick leave the Harbour Board?', even).names).toEqual([['orla', 'fenwick'], ['harbor', 'board']]);
  });

  test('holds its verb for heavier than its nouns', () => {
    const weights = new Map(readQuestion('Who painted the harbour gate?', even).words.map(({ key, weight }) => [key, weight]));
    expect(weights.get('paint')).toBeGreaterThan(weights.get('gate') ?? 0);
  });
});

describe('the kind of thing that answers', () => {
  test.each([
    ['What time does the ferry leave?', 'clock', 'It leaves at 7pm.', 'It leaves on Monday.'],
    ['How many gates jammed?', 'amount', 'Three gates jammed.', 'Gates jammed on 3 March 2024.'],
    ['How much did the paint cost?', 'money', 'The paint was £310.', 'The paint came in 12 tins.'],
    ['When did gate 4 jam?', 'time', 'Gate 4 jammed at noon.', 'Gate 4 jammed.'],
    ['What colour is the gate?', 'colour', 'The gate is green.', 'The gate is heavy.'],
  ])('%j wants %s: %j may answer, %j cannot', (question, wanted, good, bad) => {
    expect(wantedIn(question)).toBe(wanted);
    expect(mayAnswer(good, wantedIn(question), question)).toBe(true);
    expect(mayAnswer(bad, wantedIn(question), question)).toBe(false);
  });
  test('is not what the question says itself', () => {
    expect(holdsWanted('Orla Fenwick came.', 'person', 'Who met Orla Fenwick?')).toBe(false);
    expect(holdsWanted('Orla Fenwick met Tomas Reed.', 'person', 'Who met Orla Fenwick?')).toBe(true);
  });
});

test.each(['From: Orla', 'Sent: Monday, 3 March', 'Subject FW: pumps', '> Cc: board', '-----Original Message-----'])('%j is the head of a message', (line) => expect(isHeadLine(line)).toBe(true));
test.each(['From the start it was wet.', 'To close the gate, turn left.', 'Date palms grow here.'])('%j is not', (line) => expect(isHeadLine(line)).toBe(false));
test.each(['UNCLASSIFIED', 'Page 3 of 4', 'RELEASE IN FULL'])('%j marks a page', (line) => expect(isMarkLine(line)).toBe(true));
