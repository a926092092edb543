import { type ComponentType, lazy, memo, Suspense } from 'react';
import { useNavigation, type View } from '../lib/navigation.ts';
import { Skeleton } from '../ui/index.ts';
import { CasesView } from '../views/cases/index.tsx';
import { ViewBoundary } from './view-boundary.tsx';
import css from './window-frame.module.css';

const loadByView = {
  triage: () => import('../views/triage/index.tsx').then((module) => ({ default: module.TriageView })),
  search: () => import('../views/search/index.tsx').then((module) => ({ default: module.SearchView })),
  chat: () => import('../views/chat/index.tsx').then((module) => ({ default: module.ChatView })),
  annotate: () => import('../views/annotate/index.tsx').then((module) => ({ default: module.AnnotateView })),
  ingest: () => import('../views/ingest/index.tsx').then((module) => ({ default: module.IngestView })),
  bulk: () => import('../views/bulk/index.tsx').then((module) => ({ default: module.BulkView })),
  audit: () => import('../views/audit/index.tsx').then((module) => ({ default: module.AuditView })),
  settings: () => import('../views/settings/index.tsx').then((module) => ({ default: module.SettingsView })),
} satisfies Readonly<Record<View, () => Promise<{ default: ComponentType }>>>;

const viewByName: Readonly<Record<View, ComponentType>> = {
  triage: lazy(loadByView.triage),
  search: lazy(loadByView.search),
  chat: lazy(loadByView.chat),
  annotate: lazy(loadByView.annotate),
  ingest: lazy(loadByView.ingest),
  bulk: lazy(loadByView.bulk),
  audit: lazy(loadByView.audit),
  settings: lazy(loadByView.settings),
};

/** Fetches every view's code once the window stands, so that the first key press to a view does not wait for it. */
export function preloadViews(): void {
  for (const load of Object.values(loadByView)) {
    load().catch(() => undefined); // tried again, and reported, when the view is shown
  }
}

/** The view that navigation names; the case list where it needs a case and none is open. What the window around it draws anew leaves it alone. */
export const ShownView = memo(function ShownView() {
  const view = useNavigation((state) => state.view);
  const caseId = useNavigation((state) => state.case);
  const needsCase = view !== 'audit' && view !== 'settings';
  const Shown = viewByName[view];
  return (
    <ViewBoundary key={`${view}/${String(caseId)}`}>
      <Suspense fallback={<div className={css.loading}><Skeleton label={`Opening ${view}`} hasTitle /></div>}>
        {needsCase && caseId === null ? <CasesView /> : <Shown />}
      </Suspense>
    </ViewBoundary>
  );
});
