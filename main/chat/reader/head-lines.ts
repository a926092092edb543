/** Lines of running text that say who wrote to whom, or how the paper is marked: they name, they do not tell. Pure. */

const headField = /^[\s>*]*(?:from|to|cc|bcc|sent|date|subject|re|fwd?|importance|attachments?|reply-to|sent on behalf of|original message)\s*(?:[:;]|(?=\s(?:re|fw|fwd):))/i;
const separator = /^[\s>*-]*(?:original message|forwarded message|begin forwarded)\b/i;
const mark = /^\s*(?:\(?(?:un)?classified\b|confidential\b|secret\b|top secret\b|release in (?:full|part)|.*\bDoc(?:ument)? No\b.*\bDate\b|page \d+(?: of \d+)?\s*$)/i;

/** True for a line of a message's head, as it stands in a text: "Sent: Monday …", "Subject: Re: pumps". */
export const isHeadLine = (line: string): boolean => headField.test(line) || separator.test(line);

/** True for a line that only marks or numbers a page. */
export const isMarkLine = (line: string): boolean => line.length < 160 && mark.test(line);
