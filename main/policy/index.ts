/**
 * May this happen? Markings as data, their order and their roll-up (markings.ts), over the grammar of US classification markings, CUI
 * and TLP (us-markings/, cui.ts, tlp.ts), whose vocabulary is a dated file. The one guard that everything passes before it leaves the engine, and the one way out (egress.ts), which takes only what the guard cleared. Default
 * deny: what is unmarked counts as its case. This folder never records. Sources: notes on markings (IC Markings System Register,
 * 2016, sections A.6, D.2, G.1, H, Table 3; ISM rules by number; TLP 2.0); RFC 5280, 7292, 8446 and 9110 for connections.
 *
 * How connections are made (connect.ts, trust.ts). One agent for all targets that are reached alike; a profile's own certificates replace
 * every other trust, and the environment gives none: what the runtime brings is believed and, on macOS and Windows, what the system does.
 * A proxy only tunnels and is told no more than the host; none stands before this computer itself. A fault of trust, TLS or proxy has a name
 * (connection-fault.ts) and comes before a byte of the request: a TLS 1.3 server that asks for a certificate is given a moment to refuse it.
 */
export { dominates, joinMarkings, offeredMarkings, toMarking, tryMarking, viewMarking } from './markings.ts';
export { findMarks, type FoundMark } from './portion-marks.ts';
export { markingOfDocument, markingOfSpan, markingOfTitle, readMarks, settledBy, standingMarking, type DocumentMarks, type SpanMarking } from './span-marking.ts';
export { readMarking, rollUpTexts } from './read-marking.ts';
export { clear, type Cleared, type ClearedPayload, type GuardRefusal, type Outgoing, type Portion, type RefusedPortion, type Target } from './guard.ts';
export { createEgress, parseTargetUrl, type Egress, type EgressCounters, type EgressRequest, type EgressResponse, type EgressTarget, type PreparedRequest, type RequestPlace, type SentRequest } from './egress.ts';
export { isLoopback } from './loopback.ts';
export { checkAuthorities, openTrust, type Trust } from './trust.ts';
