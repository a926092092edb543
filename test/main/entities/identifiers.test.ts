import { expect, test } from 'vitest';
import { findPersonalData, type PersonalDataType } from '../../../main/entities/index.ts';
import { isCardNumber, isIban, passesLuhn } from '../../../main/entities/checksums.ts';

/** Type and value of what is found, of one type when it is given. */
function found(text: string, ...types: PersonalDataType[]): [string, string][] {
  return findPersonalData(text).filter(({ type }) => types.length === 0 || types.includes(type)).map(({ type, value }) => [type, value]);
}

test('a card is found by issuer, length and check digit, in its own groups', () => {
  for (const written of ['4111111111111111', '4111 1111 1111 1111', '4111-1111-1111-1111', '3782 822463 10005', '5105105105105100', '6011111111111117', '30569309025904', '3530111333300000']) {
    expect(found(`Please block ${written}, it is lost.`)).toEqual([['CREDIT_CARD', written.replace(/\D/gu, '')]]);
  }
  expect(found('4111 1111 1111 1111 12/26', 'CREDIT_CARD')).toEqual([['CREDIT_CARD', '4111111111111111']]);
});

test('a wrong check digit, an unknown issuer, or more digits around it make no card', () => {
  for (const written of ['4111111111111112', '9111111111111113', '84111111111111111', '41111111111111110000000000', 'A4111111111111111', '4111111111111111B', '4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1', '0000000000000000']) {
    expect(found(`Please block ${written}, it is lost.`, 'CREDIT_CARD')).toEqual([]);
  }
  expect(passesLuhn('')).toBe(false);
  expect(isCardNumber('4444444444444444')).toBe(false);
});

test('an IBAN is found by its country’s length and remainder, with blanks and in small letters', () => {
  expect(found('IBAN GB82 WEST 1234 5698 7654 32')).toEqual([['IBAN_CODE', 'GB82WEST12345698765432']]);
  expect(found('pay to de89370400440532013000 today')).toEqual([['IBAN_CODE', 'DE89370400440532013000']]);
  expect(found('NO9386011117947 and FR1420041010050500013M02606.', 'IBAN_CODE')).toEqual([['IBAN_CODE', 'NO9386011117947'], ['IBAN_CODE', 'FR1420041010050500013M02606']]);
  for (const wrong of ['GB82WEST12345698765433', 'GB82WEST123456987654', 'XGB82WEST12345698765432', 'GB82WEST123456987654321', 'XX82WEST12345698765432']) expect(found(`to ${wrong} now`, 'IBAN_CODE')).toEqual([]);
  expect(isIban('GB82WEST12345698765432 ')).toBe(false);
});

test('an address of a machine is found when it can be one', () => {
  expect(found('from 192.168.10.254, then 10.0.0.1.', 'IP_ADDRESS')).toEqual([['IP_ADDRESS', '192.168.10.254'], ['IP_ADDRESS', '10.0.0.1']]);
  expect(found('2001:DB8::1 and fe80::1ff:fe23:4567:890a.', 'IP_ADDRESS')).toEqual([['IP_ADDRESS', '2001:db8::1'], ['IP_ADDRESS', 'fe80::1ff:fe23:4567:890a']]);
  for (const none of ['256.1.1.1', '1.2.3', '1.2.3.4.5', 'version 1.2.3.4', 'at 12:20:39', 'std::dec', '::', 'a1.2.3.4']) expect(found(`see ${none} there`, 'IP_ADDRESS')).toEqual([]);
});

test('a mail address and a URL end where the sentence goes on', () => {
  expect(found('Write to Ana.Sousa+x@Mail.Example.org.', 'EMAIL_ADDRESS')).toEqual([['EMAIL_ADDRESS', 'ana.sousa+x@mail.example.org']]);
  expect(found('(see https://WWW.Example.org/Path?q=1), or www.example.net/.', 'DOMAIN_NAME')).toEqual([['DOMAIN_NAME', 'https://www.example.org/Path?q=1'], ['DOMAIN_NAME', 'www.example.net']]);
  expect(found('ask example.com about it', 'DOMAIN_NAME')).toEqual([['DOMAIN_NAME', 'example.com']]);
  for (const none of ['a@b', '@handle', 'x@@y.org', 'me@.org', 'report.doc', 'e.g. this']) expect(found(`is ${none} there`, 'EMAIL_ADDRESS', 'DOMAIN_NAME')).toEqual([]);
});

test('a telephone is found in the forms of many countries, in E.164 where its country is told', () => {
  const values: Record<string, string> = {
    '+46 (0)157 548 89': '+4615754889', '001-253-366-9781': '+12533669781', '(602) 272-9781': '+16022729781', '345-899-3560x4587': '+13458993560;ext=4587', '0490 75 40 81': '0490754081', '083 564 9312': '0835649312',
    '(08) 8747 6301': '0887476301', '+1 903.140.4508 ext. 7': '+19031404508;ext=7',
  };
  for (const [written, value] of Object.entries(values)) expect(found(`My phone number is ${written}.`)).toEqual([['PHONE_NUMBER', value]]);
  expect(found('fax: 723 813 266')).toEqual([['PHONE_NUMBER', '723813266']]);
  expect(found('781 1704 office\n28-64-66-98 fax', 'PHONE_NUMBER').map(([, value]) => value)).toEqual(['7811704', '28646698']);
});

test('amounts, references and years are no telephones', () => {
  for (const none of ['The total is $1 234 567.', 'Sales of 12,345,678 units', 'Invoice no. 20240117 was paid.', 'The years 2004 2005', 'Part number AB-1234567']) expect(found(none, 'PHONE_NUMBER')).toEqual([]);
});

test('a social security number obeys the rules of its parts', () => {
  expect(found('SSN 123-45-6789')).toEqual([['US_SSN', '123456789']]);
  expect(found('social security number 123 45 6789', 'US_SSN')).toEqual([['US_SSN', '123456789']]);
  for (const none of ['000-12-3456', '666-12-3456', '900-12-3456', '123-00-4567', '123-45-0000', '1123-45-6789', '123-45-67890']) expect(found(`no ${none} here`, 'US_SSN')).toEqual([]);
});

test('a driver’s licence is found where the text calls it one', () => {
  expect(found("My driver's license number is F162-8235-4011.", 'US_DRIVER_LICENSE')).toEqual([['US_DRIVER_LICENSE', 'F16282354011']]);
  expect(found('driving licence: MORGA657054SM', 'US_DRIVER_LICENSE')).toEqual([['US_DRIVER_LICENSE', 'MORGA657054SM']]);
  expect(found('My driving licence is lost and found again.', 'US_DRIVER_LICENSE')).toEqual([]);
});

test('dates are found in the forms of many countries, and impossible ones are not', () => {
  for (const date of ['2003-08-28 12:13:52', '1/30/1964', '30.1.1964', '12 March 2014', 'March 12, 2014', 'Friday, January 29, 2010 6:47 AM', 'the 3rd of May']) expect(found(`Born ${date}, he said.`, 'DATE_TIME')).toEqual([['DATE_TIME', date.replace('the ', '')]]);
  for (const none of ['2003-13-28', '45/45/1999', '3.4.12', '12:30']) expect(found(`no ${none} here`, 'DATE_TIME')).toEqual([]);
});
