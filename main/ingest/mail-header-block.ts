/** Header fields that only software writes: prose that imitates a mail, such as a printed one, has none of them. */
const machineFields = new Set(['received', 'message-id', 'mime-version', 'return-path', 'delivered-to', 'content-type', 'content-transfer-encoding', 'content-disposition', 'dkim-signature', 'x-mailer', 'x-originating-ip', 'in-reply-to', 'references']);
const personFields = new Set(['from', 'to', 'cc', 'bcc', 'subject', 'date', 'sender', 'reply-to']);

/**
 * Whether a text is an Internet message (RFC 5322), a folder of several (RFC 4155), or neither. Its first lines must be header fields
 * or their continuations up to the first empty line: one that people know and one that only software writes, or two of software's
 * with a MIME version or a multipart type. Where the name ends like mail's (`hinted`) one known field will do.
 */
export function isMailText(head: string, hinted: boolean): 'mail' | 'mailbox' | null {
  const text = head.replace(/^(?:\uFEFF|\r?\n)+/, '');
  const envelope = /^>?From [^\r\n]+\r?\n/.exec(text);
  const told = hinted || envelope !== null;
  let machine = 0;
  let person = 0;
  let mime = false;
  for (const line of (envelope === null ? text : text.slice(envelope[0].length)).split(/\r\n|\n|\r/, 400)) {
    if (line === '') break;
    const [, field, value = ''] = /^([!-9;-~]{1,76})[ \t]*:(.*)/.exec(line) ?? [];
    if (field !== undefined) {
      const name = field.toLowerCase();
      if (machineFields.has(name)) machine += 1;
      else if (personFields.has(name)) person += 1;
      if (name === 'mime-version' || (name === 'content-type' && /^\s*multipart\//i.test(value))) mime = true;
    } else if (!/^[ \t>]/.test(line) || machine + person === 0) {
      // Old archives hold messages whose headers end without an empty line or have a broken one; only what is mail beyond doubt may.
      if (!told && (machine < 2 || person < 1)) return null;
      break;
    }
  }
  const isMail = told ? machine + person > 0 : (machine > 0 && person > 0) || (machine > 1 && mime);
  if (!isMail) return null;
  return envelope !== null && /\r?\n\r?\nFrom \S+ [^\r\n]*\d{4}[^\r\n]*\r?\n[!-9;-~]+:/.test(text) ? 'mailbox' : 'mail';
}
