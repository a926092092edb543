import { describe, expect, test } from 'vitest';
import { classifyQuestion } from '../../../../main/chat/exhaustive/classify-question.ts';

const exhaustive: Readonly<Record<'count' | 'list' | 'exists', readonly string[]>> = {
  count: [
    'How many documents mention Harrow?', 'how many emails are there', 'Please tell me how many PDFs mention the flood.', 'Exactly how many messages did Ann send?', 'In how many documents is Harrow named?',
    'How often is pump 4B mentioned?', 'What is the number of messages from Ann?', 'What’s the total number of files?', 'Give me the count of emails about the grant', 'Count all spreadsheets.', 'count the emails after March 2024',
    'Number of documents that mention Brackmere', 'Can you please count the documents that name the seal?', 'How many of the documents mention Harrow?', 'how many times does the word bribe appear?', 'How many call-outs were charged?',
  ],
  list: [
    'List all documents that mention Harrow', 'List every email from Ann.', 'Show me all messages to Bob', 'Find every mention of Station 4', 'Which documents mention the grant?', 'Which emails did Ann send to Bob?', 'Which of the documents are about floods?',
    'Which of these files mention pump 4A?', 'What documents contain both words?', 'In which documents is the drawer mentioned?', 'Give me a list of all documents about the grant', 'What are all the emails that mention payment?', 'All emails from Ann that mention the seal',
    'Every document that names Brackmere', 'Who are all the people that signed?', 'Everyone who signed a certificate', 'Enumerate the certificates', 'Show emails sent in March 2024', 'Could you list the invoices?', 'Identify all of the payments to Harrow',
  ],
  exists: [
    'Is there any mention of a bribe?', 'Are there any emails about the grant?', 'Is there anything about pump 6?', 'Does any document mention Harrow?', 'Do any of the emails mention a hold?', 'Is there a document that mentions the flood?', 'Did anyone mention the flood?', 'Has anybody complained?',
    'Are there any documents without text?', 'Is Harrow mentioned anywhere?', 'Was the drawer ever mentioned in any document?', 'Any mention of stamps?',
  ],
};

describe.each(Object.entries(exhaustive))('%s', (wanted, questions) => {
  test.each(questions)('%s', (question) => {
    expect(classifyQuestion(question)).toMatchObject({ wanted, isFigure: false });
  });
});

test.each([
  'When was acceptance certificate AC-4B entered as signed?', 'By which date does the first instalment of the grant have to be claimed?', 'Why did pump 4B trip on 20 March 2024?', 'Where was Crew 2 on 14 March?', 'Which clause does the place of the stamps break?',
  'Who asked for invoice BP-7742 to be put on hold, and why?', 'Was change request CR-031 approved?', 'Which comet was seen above the observatory?', 'What did the hour counter read?', 'Who delivered the spare pumps?', 'Summarise the letter of the board.',
  'Could the crew have replaced the seal of pump 4A on 14 March, as billed?', 'What does the asset register say of station 6?', 'Name the engineer.', 'Is the road closed?', 'May a certificate be signed before the end of the run?', 'Which pump failed?', 'At what price were the pumps sold?', 'Explain how the counter works', '', '?!',
])('no question about everything: %s', (question) => {
  expect(classifyQuestion(question)).toBeNull();
});

test.each(['What is the total amount paid to Harrow?', 'Average minutes of a call', 'Which supplier has the highest gross?', 'Sum of net_gbp by supplier'])('a figure, which only a table can give: %s', (question) => {
  expect(classifyQuestion(question)).toMatchObject({ isFigure: true });
});
