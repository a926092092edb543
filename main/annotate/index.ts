/**
 * Annotations: a label and a note on a span of a document's canonical text. A span is kept as offsets and as a quote with what
 * stands around it, so that it is found again when the text is read anew. Exported as W3C Web Annotations (W3C Recommendation
 * "Web Annotation Data Model", 23 February 2017). This folder never draws and never decides what a label means.
 */
export { addAnnotation, annotationLabels, changeAnnotation, exportAnnotations, listCaseAnnotations, removeAnnotation } from './annotations.ts';
export { anchorIn, findAnchor, type Anchor } from './anchor.ts';
