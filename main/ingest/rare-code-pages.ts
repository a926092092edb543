/** Code pages that the Encoding Standard leaves out: those of DOS, and EBCDIC. Unicode's mapping files (MAPPINGS/VENDORS/MICSFT/PC, EBCDIC) are the source. */

/** The upper half of each page, from 0x80 on. */
const upperHalves = {
  ibm437: 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0',
  ibm737: 'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρσςτυφχψ░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀ωάέήϊίόύϋώΆΈΉΊΌΎΏ±≥≤ΪΫ÷≈°∙·√ⁿ²■\u00A0',
  ibm850: 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00AD±‗¾¶§÷¸°¨·¹³²■\u00A0',
  ibm852: 'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00AD˝˛ˇ˘§÷¸°¨˙űŘř■\u00A0',
  ibm855: 'ђЂѓЃёЁєЄѕЅіІїЇјЈљЉњЊћЋќЌўЎџЏюЮъЪаАбБцЦдДеЕфФгГ«»░▒▓│┤хХиИ╣║╗╝йЙ┐└┴┬├─┼кК╚╔╩╦╠═╬¤лЛмМнНоОп┘┌█▄Пя▀ЯрРсСтТуУжЖвВьЬ№\u00ADыЫзЗшШэЭщЩчЧ§■\u00A0',
  ibm857: 'ÇüéâäàåçêëèïîıÄÅÉæÆôöòûùİÖÜø£ØŞşáíóúñÑĞğ¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ºªÊËÈ\uFFFDÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµ\uFFFD×ÚÛÙìÿ¯´\u00AD±\uFFFD¾¶§÷¸°¨·¹³²■\u00A0',
  ibm862: 'אבגדהוזחטיךכלםמןנסעףפץצקרשת¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0',
} as const;

/** IBM's page of international EBCDIC; its two ends of a line are one here. */
const ebcdic = '\u0000\u0001\u0002\u0003\u009C\u0009\u0086\u007F\u0097\u008D\u008E\u000B\u000C\u000D\u000E\u000F\u0010\u0011\u0012\u0013\u009D\n\u0008\u0087\u0018\u0019\u0092\u008F\u001C\u001D\u001E\u001F\u0080\u0081\u0082\u0083\u0084\n\u0017\u001B\u0088\u0089\u008A\u008B\u008C\u0005\u0006\u0007\u0090\u0091\u0016\u0093\u0094\u0095\u0096\u0004\u0098\u0099\u009A\u009B\u0014\u0015\u009E\u001A \u00A0âäàáãåçñ[.<(+!&éêëèíîïìß]$*);^-/ÂÄÀÁÃÅÇÑ¦,%_>?øÉÊËÈÍÎÏÌ`:#@\'="Øabcdefghi«»ðýþ±°jklmnopqrªºæ¸Æ¤µ~stuvwxyz¡¿ÐÝÞ®¢£¥·©§¶¼½¾¬|¯¨´×{ABCDEFGHI\u00ADôöòóõ}JKLMNOPQR¹ûüùúÿ\\÷STUVWXYZ²ÔÖÒÓÕ0123456789³ÛÜÙÚ\u009F';

/** A code page of DOS. */
export type DosPage = keyof typeof upperHalves;

/** All that are known. */
export const dosPages: readonly DosPage[] = ['ibm850', 'ibm437', 'ibm852', 'ibm857', 'ibm737', 'ibm855', 'ibm862'];

/** Text of a code page of DOS. */
export function textOfDosPage(bytes: Uint8Array, page: DosPage): string {
  const upper = upperHalves[page];
  return mapped(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : (upper[byte - 0x80] ?? '\uFFFD')));
}

/** Text of EBCDIC. */
export function textOfEbcdic(bytes: Uint8Array): string {
  return mapped(bytes, (byte) => ebcdic[byte] ?? '\uFFFD');
}

const [isOther, isBlank, isSmall, isPlain] = [0, 1, 2, 3];
/** What each byte is in EBCDIC: a blank, a small letter, another character or mark of writing, or none of these. Every text is asked, so it is a table. */
const ebcdicClasses = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === 0x40) return isBlank;
  if ((byte >= 0x81 && byte <= 0x89) || (byte >= 0x91 && byte <= 0x99) || (byte >= 0xa2 && byte <= 0xa9)) return isSmall;
  return byte >= 0xc1 || [0x0d, 0x15, 0x25, 0x05, 0x4b, 0x6b, 0x60, 0x5e, 0x7a, 0x7d, 0x7f, 0x4d, 0x5d, 0x61].includes(byte) ? isPlain : isOther;
});

/** Whether bytes are text in EBCDIC: nearly all are its letters, digits, blanks and marks, many are small letters and blanks, and hardly any would be letters of ASCII. */
export function isEbcdic(sample: Uint8Array): boolean {
  const counts = [0, 0, 0, 0];
  for (const byte of sample) {
    const kind = ebcdicClasses[byte] ?? isOther;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  const [others = 0, blanks = 0, small = 0, plain = 0] = counts;
  return sample.length >= 24 && blanks * 20 >= sample.length && blanks * 2 <= sample.length && small * 3 >= sample.length && others * 16 <= sample.length && plain > 0;
}

function mapped(bytes: Uint8Array, characterOf: (byte: number) => string): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 4096) parts.push(Array.from(bytes.subarray(at, at + 4096), characterOf).join(''));
  return parts.join('');
}
