import { describe, expect, test } from 'vitest';
import { classifyQuestion } from '../../../../main/chat/exhaustive/classify-question.ts';
import { parseTableQuestion, planWords, readTable } from '../../../../main/chat/tables/index.ts';
import { separatedCells } from '../../../../main/ingest/separated-cells.ts';

const csv = 'voucher,paid_on,supplier,net_gbp,gross_gbp,status\nP-1,2024-01-12,Quay Works,1000.00,1200.00,in service\nP-2,2024-02-02,Lamp & Son,80.00,96.00,closed\nP-3,2024-02-09,Crane Hire North,10.00,12.00,closed\nP-4,2024-02-11,Crane Hire South,10.00,12.00,in service\n';
const table = readTable('', csv, separatedCells(csv, ','), null);

function parse(question: string): string | null {
  const asked = classifyQuestion(question);
  if (asked === null || table === null) return null;
  const parsed = parseTableQuestion(question, asked.wanted, asked.isFigure, table, ['payments-ledger-2024.csv']);
  return parsed === null ? null : `${planWords(parsed.plan).join('; ')}${parsed.doubts.length > 0 ? ' ?' : ''}`;
}

describe('what is taken whole', () => {
  test.each([
    ['What is the total gross?', 'sum of gross_gbp; of all rows'],
    ['What is the sum of net_gbp for Quay Works?', 'sum of net_gbp; where supplier is “Quay Works”'],
    ['Total net gbp by supplier', 'sum of net_gbp, by supplier; of all rows'],
    ['How many payments to Lamp & Son?', 'number of rows; where supplier is “Lamp & Son”'],
    ['How many rows where gross is over 90?', 'number of rows; where gross_gbp is above “90”'],
    ['List all payments with gross at least 12 and status closed', 'the rows themselves; where gross_gbp is at least “12”; and status is “closed”'],
    ['How many payments in the payments ledger have status in service?', 'number of rows; where status is “in service”'],
    ['How many payments in February 2024?', 'number of rows; where paid_on is “2024-02”'],
    ['Average gross of the payments to Quay', 'average of gross_gbp; where supplier contains “Quay”'],
    ['What is the highest net in the ledger?', 'greatest net_gbp; of all rows'],
    ['What is the total number of payments?', 'number of rows; of all rows'],
    ['How many payments to Quay Works in total?', 'number of rows; where supplier is “Quay Works”'],
    ['How many payments are there by supplier?', 'number of rows, by supplier; of all rows'],
  ])('%s', (question, words) => {
    expect(parse(question)).toBe(words);
  });
});

test('a name that several cells hold is a doubt', () => {
  expect(parse('What is the total gross for Crane Hire?')).toBe('sum of gross_gbp; where supplier contains “Crane Hire” ?');
});

describe('what can be read in two ways is a doubt', () => {
  const ask = (body: string, question: string): readonly string[] | undefined => {
    const asked = classifyQuestion(question);
    const sheet = readTable('', body, separatedCells(body, ','), null);
    return asked === null || sheet === null ? undefined : parseTableQuestion(question, asked.wanted, asked.isFigure, sheet, ['orders.csv'])?.doubts;
  };
  test.each([
    ['two values of one column', 'order,firm,price\na,Harrow,1\nb,Quern,2\n', 'How many orders from Harrow and Quern?'],
    ['a value with not before it that a cell has', 'order,state\na,open\nb,not open\n', 'How many orders have state not open?'],
    ['a point where the cells have a comma', 'order,price\na,"1.234,50"\nb,"99,00"\n', 'How many orders with price over 1.000?'],
    ['a figure of no named column', 'order,price\na,1\nb,2\n', 'What is the total of the orders?'],
    ['a list of what repeats', 'order,firm\na,Harrow\nb,Harrow\n', 'List all firms in orders'],
  ])('%s', (_name, body, question) => {
    expect(ask(body, question)).toHaveLength(1);
  });
});

describe('a word that is not understood leaves nothing planned', () => {
  test.each([
    'What is the total gross we still owe?', 'What is the total amount?', 'How many payments were late?', 'Total gross for Harrow', 'How many payments over 90?', 'What is the total gross and the average net?', 'How many payments to Quay Works or Lamp & Son?',
    'How many payments except those to Quay Works?', 'Which supplier has the most payments?', 'How many payments last year?', 'What is the total gross before VAT?', 'List all payments where password is x', 'What is the total gross between January and March?', 'How many payments not in service?', 'How many other payments to Quay Works?', 'How many payments only to Quay Works?', 'What is the average number of payments?',
  ])('%s', (question) => {
    expect(parse(question)).toBeNull();
  });
});
