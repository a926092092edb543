import { addAnnotation, annotationLabels, changeAnnotation, exportAnnotations, listCaseAnnotations, removeAnnotation } from '../../annotate/index.ts';
import { toMarking } from '../../policy/index.ts';
import { recordedExport } from '../recorded-export.ts';
import type { Handlers } from '../server.ts';
import { mustFindDocument, type EngineContext } from '../sessions.ts';

/** Handlers of annotations. */
export function annotationHandlers(context: EngineContext): Pick<Handlers, 'annotations.labels' | 'annotations.list' | 'annotations.add' | 'annotations.change' | 'annotations.remove' | 'annotations.export'> {
  const { events } = context;
  return {
    'annotations.labels': ({ case: id }) => {
      context.session(id);
      return { labels: [...annotationLabels()] };
    },
    'annotations.list': ({ case: id, document, label, offset, limit }) => {
      const { store } = context.session(id);
      return listCaseAnnotations(store, document === null ? null : mustFindDocument(store, document), label, offset, limit);
    },
    'annotations.add': ({ case: id, document, start, end, label, note }) => {
      const { store, undo } = context.writable(id);
      const { annotation, op } = addAnnotation(store, mustFindDocument(store, document), { start, end }, label, note);
      undo.push(op);
      events.emit('annotations', id);
      return annotation;
    },
    'annotations.change': ({ case: id, annotation: ref, label, note, marking }) => {
      const { store, undo } = context.writable(id);
      const { annotation, op } = changeAnnotation(store, ref, { label, note, marking: marking === undefined ? undefined : { to: marking.to === null ? null : toMarking(marking.to), reason: marking.reason } });
      undo.push(op);
      events.emit('annotations', id);
      return annotation;
    },
    'annotations.remove': ({ case: id, annotation: ref }) => {
      const { store, undo } = context.writable(id);
      undo.push(removeAnnotation(store, ref));
      events.emit('annotations', id);
      return {};
    },
    'annotations.export': ({ case: id }, { progress }) => {
      const { store } = context.session(id);
      return recordedExport(store, 'annotations', () => {
        let total = 0;
        for (const annotations of exportAnnotations(store)) {
          total += annotations.length;
          progress({ annotations });
        }
        return { total };
      }, ({ total }) => ({ annotations: total }));
    },
  };
}
