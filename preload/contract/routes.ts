/** The route table: every call that a window or the headless door can make on the engine. */
import type { InputOf, OutputOf, ParsedInputOf, ProgressOf } from './define.ts';
import { annotationRoutes } from './domains/annotations.ts';
import { auditRoutes } from './domains/audit.ts';
import { bulkRoutes } from './domains/bulk.ts';
import { caseRoutes, eventRoutes } from './domains/cases.ts';
import { chatRoutes } from './domains/chat.ts';
import { codingRoutes } from './domains/coding.ts';
import { documentRoutes } from './domains/documents.ts';
import { endpointRoutes } from './domains/endpoints.ts';
import { entityRoutes } from './domains/entities.ts';
import { groupRoutes } from './domains/groups.ts';
import { ingestRoutes } from './domains/ingest.ts';
import { markingRoutes } from './domains/markings.ts';
import { modelRoutes } from './domains/models.ts';
import { ocrRoutes } from './domains/ocr.ts';
import { setRoutes } from './domains/sets.ts';
import { vaultRoutes } from './domains/vault.ts';

export const routes = {
  ...vaultRoutes,
  ...caseRoutes,
  ...eventRoutes,
  ...ingestRoutes,
  ...ocrRoutes,
  ...documentRoutes,
  ...setRoutes,
  ...codingRoutes,
  ...chatRoutes,
  ...bulkRoutes,
  ...annotationRoutes,
  ...endpointRoutes,
  ...modelRoutes,
  ...auditRoutes,
  ...markingRoutes,
  ...entityRoutes,
  ...groupRoutes,
};

export type Routes = typeof routes;
export type RouteName = keyof Routes;

/** A route's input as a caller writes it. */
export type Input<N extends RouteName> = InputOf<Routes[N]>;
/** A route's input as its handler gets it. */
export type ParsedInput<N extends RouteName> = ParsedInputOf<Routes[N]>;
export type Output<N extends RouteName> = OutputOf<Routes[N]>;
export type Progress<N extends RouteName> = ProgressOf<Routes[N]>;

/** True for a name that the table has. */
export function isRouteName(name: string): name is RouteName {
  return Object.hasOwn(routes, name);
}
