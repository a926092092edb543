/** Model endpoints, and what the program has opened on the network. */
import * as z from 'zod';
import { route } from '../define.ts';
import { endpointErrors, policyErrors } from '../errors.ts';
import { endpointId, markingView, nothing, timeMs } from './basics.ts';

export const endpointInfo = z.object({
  endpoint: endpointId,
  name: z.string(),
  dialect: z.literal('openai-chat'),
  baseUrl: z.string(),
  model: z.string(),
  ceiling: markingView,
  auth: z.enum(['none', 'bearer']),
  addedAt: timeMs,
  /** Result of the last test or question; null before the first. */
  reachable: z.boolean().nullable(),
});
export type EndpointInfo = z.infer<typeof endpointInfo>;

export const endpointRoutes = {
  'endpoints.list': route({ input: nothing, output: z.object({ endpoints: z.array(endpointInfo) }), errors: [] }),
  /** `http:` is allowed on loopback only. The key is kept in the vault and never given back. */
  'endpoints.add': route({
    input: z.strictObject({
      name: z.string().trim().min(1).max(120),
      dialect: z.literal('openai-chat'),
      baseUrl: z.string().min(1).max(2000),
      model: z.string().trim().min(1).max(300),
      /** Marking text, for example UNCLASSIFIED. */
      ceiling: z.string(),
      auth: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('none') }), z.strictObject({ kind: z.literal('bearer'), key: z.string().min(1).max(10_000) })]),
    }),
    output: endpointInfo,
    errors: [endpointErrors.nameTaken, endpointErrors.badUrl, policyErrors.unknownMarking],
  }),
  'endpoints.remove': route({ input: z.strictObject({ endpoint: endpointId }), output: nothing, errors: [endpointErrors.unknownEndpoint] }),
  /** Asks the endpoint for its model list; harmless text only. */
  'endpoints.test': route({
    input: z.strictObject({ endpoint: endpointId }),
    output: z.object({ ok: z.boolean(), models: z.array(z.string()), tookMs: z.number(), fault: z.string().nullable() }),
    errors: Object.values(endpointErrors),
  }),
  /** Sockets are counted where they are opened: in the one fetch that the engine has. */
  'network.status': route({
    input: nothing,
    output: z.object({ endpoints: z.number().int(), sockets: z.number().int(), since: timeMs, countedAt: timeMs, unreachable: z.string().nullable() }),
    errors: [],
    whileLocked: true,
  }),
};
