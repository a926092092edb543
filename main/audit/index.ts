/**
 * It happened: one hash-chained record for each action, in the action's own transaction. A record says who, when, what, on which
 * ids, under which marking and how it ended; it never holds content. Each chain (the vault's, each case's) links records by
 * SHA-384; its head is authenticated with a key that only an unlocked vault has, and the vault remembers how far each case's
 * chain had come. This folder never decides whether something may happen: that is policy/.
 */
export { audited, type Action } from './record.ts';
export { anchorChains, verifyChain, type ChainFault } from './verify.ts';
