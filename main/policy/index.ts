/**
 * May this happen? Markings as data (a fixed list of levels for now), their order and their roll-up, and the one guard that
 * everything passes before it leaves the engine, and the one way out (egress.ts), which takes only what the guard cleared. Default
 * deny: what is unmarked counts as its case. This folder never records. Sources: notes on markings (IC Markings System Register,
 * 2016, sections A.6, D.2).
 */
export { dominates, findMarking, isListed, joinMarkings, markingText, markingViews, viewMarking } from './markings.ts';
export { clear, type Cleared, type ClearedPayload, type GuardRefusal, type Outgoing } from './guard.ts';
export { createEgress, isLoopback, parseTargetUrl, type Egress, type EgressCounters, type EgressRequest, type EgressResponse, type EgressTarget } from './egress.ts';
