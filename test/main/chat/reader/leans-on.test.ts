import { describe, expect, test } from 'vitest';
import { leansOnEarlier, questionsToReadWith } from '../../../../main/chat/reader/leans-on.ts';
import { readQuestion } from '../../../../main/chat/reader/question.ts';

const even = (): number => 1;

describe('a question leans on the one before it', () => {
  test.each([
    'And when?', 'Why?', 'When did it trip?', 'Who repaired it?', 'And pump 2A?', 'What about the second contractor?', 'How about in May?', 'Who said that?', 'What happened after that?',
    'What did he say?', 'When did that pump stop?', 'Were they paid?', 'Which ones?', 'And who told the board?', 'What about the others?', 'Pump 2A?', 'How much did these cost?', 'Was it true?', 'How much?',
  ])('%j', (question) => expect(leansOnEarlier(question)).toBe(true));
});

describe('a question stands alone', () => {
  test.each([
    'Why did pump 4B trip?', 'When did pump 4B trip, and who repaired it?', 'Who is Orla Fenwick?', 'Is it true that pump 4B tripped?', 'Why did Orla Fenwick leave and where did she go?',
    'Who said that the pump tripped?', 'What does this document say about the quay?', 'Did the fitter say what he replaced?', 'The pump that tripped was replaced.', 'pump 4B bearing', 'And what did the Harbour Board write to the pilots about the dredging?',
    'Was there a fire on the quay?', 'How many messages did Orla send to Tomas?', 'What colour is the gate?', 'How did traders hide their losses?', 'What did employees think about their bonuses?', 'Can companies sell their allowances?', 'Did people lose their jobs?',
    'When did production stop and why did it stop?',
  ])('%j', (question) => expect(leansOnEarlier(question)).toBe(false));
});

test('a question is read with those back to the one that stands alone', () => {
  const earlier = ['And who repaired it?', 'And when?', 'Why did pump 4B trip?', 'Who is the pilot?'].map((question) => ({ question }));
  expect(questionsToReadWith('How much did he ask?', earlier).map(({ question }) => question)).toEqual(['Why did pump 4B trip?', 'And when?', 'And who repaired it?']);
  expect(questionsToReadWith('Who painted the gate?', earlier)).toEqual([]);
  expect(questionsToReadWith('And when?', [])).toEqual([]);
});

describe('what is looked for', () => {
  const after = (question: string, ...questions: string[]) => readQuestion(question, even, { questions, answered: '' });
  const keysOf = ({ words }: ReturnType<typeof readQuestion>): string[] => words.map(({ key }) => key);

  test('for "And when?" is what the question before it said, and a time', () => {
    const question = after('And when?', 'Why did pump 4B trip?');
    expect(keysOf(question)).toEqual(expect.arrayContaining(['pump', '4b', 'trip']));
    expect([question.wanted, question.form]).toEqual(['time', 'open']);
  });

  test('for another name is the same of that name', () => {
    const question = after('And pump 2A?', 'Why did pump 4B trip?');
    expect(keysOf(question)).toEqual(expect.arrayContaining(['pump', '2a', 'trip']));
    expect(keysOf(question)).not.toContain('4b');
    expect(question.wanted).toBe('reason');
    const third = after('And pump 2A?', 'Why did pump 4B trip?', 'And when?');
    expect(third.wanted).toBe('time');
  });

  test('for something else of the same weighs its own words more', () => {
    const question = after('Who repaired it?', 'Why did pump 4B trip?');
    const weights = new Map(question.words.map(({ key, weight }) => [key, weight]));
    expect(weights.get('repair')).toBeGreaterThan(weights.get('trip') ?? Infinity);
    expect(question.wanted).toBe('person');
    expect(question.match).toMatch(/"repaired".*|.*"pump"/);
  });

  test('of somebody whom an answer named includes the name', () => {
    const question = readQuestion('What did he say?', even, { questions: ['Who repaired pump 4B?'], answered: 'Orla Fenwick repaired it.' });
    expect(question.match).toContain('"fenwick"');
    expect(question.names.flat()).not.toContain('fenwick');
  });

  test('for a question that stands alone is what it says itself', () => {
    expect(after('Who painted the gate?')).toEqual(readQuestion('Who painted the gate?', even));
  });
});
