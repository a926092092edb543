/**
 * It happened: one hash-chained record for each action, in the action's own transaction. A record says who, when, what, on which
 * ids, under which marking and how it ended; it never holds content. Each chain (the vault's, each case's) links records by
 * SHA-384; its head is authenticated with a key that only an unlocked vault has, and the vault remembers how far each case's
 * chain had come. Records leave as they are, as OCSF 1.9.0 or as CEF: pure functions of a record, so that the route reads the trail
 * once and whoever writes it chooses the form. This folder never decides whether something may happen: that is policy/.
 */
export { auditFormats, auditLine, type AuditFormat } from './export-format.ts';
export { audited, type Action } from './record.ts';
export { anchorChains, verifyChain, type ChainFault } from './verify.ts';
