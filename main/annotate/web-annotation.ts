import type { Annotation } from '../../preload/contract/domains/annotations.ts';
import type { AnnotationRow } from '../store/index.ts';

/** What the export says of the annotated document. */
export interface AnnotatedSource {
  readonly path: string;
  readonly mediaType: string | null;
  readonly sha256: string | null;
  readonly labelName: string;
}

/**
 * One annotation after the Web Annotation Data Model (sections 3.1 body, 4.2.4 text quote selector, 4.2.5 text position selector).
 * Positions count UTF-16 code units of the document's canonical text; the source is named by its hash, which other copies share.
 */
export function webAnnotation(annotation: Annotation, row: AnnotationRow, source: AnnotatedSource): Record<string, unknown> {
  const tag = { type: 'TextualBody', purpose: 'tagging', value: source.labelName };
  const comment = annotation.note === '' ? [] : [{ type: 'TextualBody', purpose: 'commenting', format: 'text/plain', value: annotation.note }];
  return {
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    id: `urn:redoubt:annotation:${annotation.annotation}`,
    type: 'Annotation',
    motivation: 'highlighting',
    'redoubt:marking': annotation.marking.banner,
    created: new Date(annotation.createdAt).toISOString(),
    modified: new Date(annotation.changedAt).toISOString(),
    creator: { type: 'Person', name: annotation.who },
    body: [tag, ...comment],
    target: {
      source: source.sha256 === null ? `urn:redoubt:document:${annotation.document}` : `urn:sha256:${source.sha256}`,
      'schema:name': source.path,
      ...(source.mediaType === null ? {} : { format: source.mediaType }),
      ...(annotation.page === null ? {} : { 'schema:pageStart': annotation.page }),
      selector: [
        { type: 'TextQuoteSelector', exact: row.quote, prefix: row.prefix, suffix: row.suffix },
        { type: 'TextPositionSelector', start: annotation.start, end: annotation.end },
      ],
    },
  };
}
