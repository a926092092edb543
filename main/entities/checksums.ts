import { isIPv4, isIPv6 } from 'node:net';

/** True when the digits pass the Luhn check (ISO/IEC 7812-1, annex B). */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const doubled = index % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 0 && sum % 10 === 0;
}

// Issuer ranges and the lengths they issue (ISO/IEC 7812 registrations as the schemes publish them).
const issuers: readonly { readonly prefix: RegExp; readonly lengths: readonly number[] }[] = [
  { prefix: /^4/u, lengths: [13, 16, 19] }, // Visa
  { prefix: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/u, lengths: [16] }, // Mastercard
  { prefix: /^3[47]/u, lengths: [15] }, // American Express
  { prefix: /^(?:30[0-5]|3095|3[689])/u, lengths: [14, 16, 19] }, // Diners Club
  { prefix: /^(?:2131|1800)/u, lengths: [15] }, // JCB, older
  { prefix: /^35/u, lengths: [16, 17, 18, 19] }, // JCB
  { prefix: /^(?:6011|64[4-9]|65)/u, lengths: [16, 19] }, // Discover
  { prefix: /^62/u, lengths: [16, 17, 18, 19] }, // UnionPay
  { prefix: /^(?:50|5[6-9]|6[0-9])/u, lengths: [12, 13, 14, 15, 16, 17, 18, 19] }, // Maestro and national schemes
];

/** True for the digits of a payment card: a known issuer, a length that it issues, a right check digit. */
export function isCardNumber(digits: string): boolean {
  return issuers.some(({ prefix, lengths }) => lengths.includes(digits.length) && prefix.test(digits)) && !/^(\d)\1*$/u.test(digits) && passesLuhn(digits);
}

// IBAN lengths by country (SWIFT IBAN registry).
const ibanLengths: ReadonlyMap<string, number> = new Map(
  ('AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 ' +
  'GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 ' +
  'PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30').split(' ').map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** How many characters an IBAN of this country has, by its two letters in capitals; null where the registry knows none. */
export function ibanLength(country: string): number | null {
  return ibanLengths.get(country) ?? null;
}

/** True when an IBAN in capitals without blanks has its country's length and a remainder of one (ISO 13616, ISO 7064 mod 97-10). */
export function isIban(iban: string): boolean {
  if (ibanLength(iban.slice(0, 2)) !== iban.length || !/^[A-Z]{2}\d{2}[A-Z0-9]+$/u.test(iban)) return false;
  let rest = 0;
  for (const sign of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(sign, 36);
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
  }
  return rest === 1;
}

/** True for a social security number that may have been issued: no area 000, 666 or 9xx, no group 00, no serial 0000 (SSA, since 2011). */
export function isSsn(area: string, group: string, serial: string): boolean {
  return area !== '000' && area !== '666' && !area.startsWith('9') && group !== '00' && serial !== '0000';
}

/** The address in its usual form, or null when it is none: IPv4 in four decimal parts, IPv6 as RFC 4291 writes it, with at least one digit. */
export function readIpAddress(text: string): string | null {
  if (isIPv4(text)) return text;
  return isIPv6(text) && /\d/u.test(text) ? text.toLowerCase() : null;
}
