/** Markings as text: what one says, and what several roll up to. */
import * as z from 'zod';
import { route } from '../define.ts';
import { policyErrors } from '../errors.ts';
import { marking, markingView } from './basics.ts';

const texts = z.array(z.string()).readonly();
const control = z.object({ code: z.string(), compartments: z.array(z.object({ code: z.string(), subs: texts })).readonly() });
const release = z.object({ relTo: texts, displayOnly: texts, relido: z.boolean() }).nullable();

const cuiParts = z.object({
  scheme: z.literal('cui'),
  /** Categories marked SP-, and the others. */
  specified: texts,
  basic: texts,
  audience: z.enum(['FED ONLY', 'FEDCON', 'NOCON']).nullable(),
  limits: texts,
  release,
});
const tlpLabel = z.enum(['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED']);

/** A marking taken apart. In `us`: codes as portions have them; `fgi` null is none and [] a concealed source; `release` null says nothing, with all three empty it is NOFORN. */
export const markingParts = z.discriminatedUnion('scheme', [
  z.object({
    scheme: z.literal('us'),
    level: z.enum(['U', 'C', 'S', 'TS']),
    owner: z.object({ kind: z.enum(['us', 'joint', 'foreign']), countries: texts }),
    sci: z.array(control).readonly(),
    sap: z.array(control).readonly(),
    aea: z.array(z.object({ code: z.string(), cnwdi: z.boolean(), sigmas: z.array(z.number().int()).readonly() })).readonly(),
    fgi: texts.nullable(),
    dissem: texts,
    release,
    nonIc: texts,
    /** What stands beside the classification; null when nothing does. */
    cui: cuiParts.nullable(),
    tlp: tlpLabel.nullable(),
  }),
  cuiParts,
  z.object({ scheme: z.literal('tlp'), label: tlpLabel }),
]);
export type MarkingParts = z.infer<typeof markingParts>;

/** A marking that was read. `canonical` is its banner line. */
export const readMarking = z.object({ canonical: marking, banner: z.string(), portion: z.string(), tone: markingView.shape.tone, parts: markingParts });
export type ReadMarking = z.infer<typeof readMarking>;

const text = z.string().min(1).max(2000);

export const markingRoutes = {
  /** Answers while locked; needs no vault. */
  'markings.read': route({ input: z.strictObject({ text }), output: readMarking, errors: [policyErrors.badMarking], whileLocked: true }),
  /** The least marking that covers all of these, for the banner of what is on screen. Answers while locked. */
  'markings.join': route({ input: z.strictObject({ markings: z.array(marking).min(1).max(10_000) }), output: markingView, errors: [policyErrors.badMarking], whileLocked: true }),
  /** The banner of a document with these portions. Answers while locked; needs no vault. */
  'markings.roll-up': route({ input: z.strictObject({ texts: z.array(text).min(1).max(10_000) }), output: readMarking, errors: [policyErrors.badMarking], whileLocked: true }),
};
