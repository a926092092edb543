import { type ReactNode, useId } from 'react';
import css from './endpoint-editor.module.css';
import type { EndpointForm } from './endpoint-form.ts';

/** What every part of the editor gets: the form, how to change it, and what is wrong with a field. */
export interface EditorPartProps {
  readonly form: EndpointForm;
  readonly change: (part: Partial<EndpointForm>) => void;
  /** What is wrong with the field; null when nothing is. */
  readonly wrong: (field: string) => string | null;
}

/** A subject of the editor under its heading. */
export function EditorPart({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={css.part} aria-labelledby={id}>
      <h2 className={css.heading} id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** The place of a field, so that a fault can bring the focus there. */
export function At({ field, children }: { field: string; children: ReactNode }) {
  return <div data-field={field} className={css.at}>{children}</div>;
}

/** A group of controls under one label, with what is wrong with it. */
export function FieldGroup({ label, hint, error, children }: { label: string; hint?: string; error?: string | null; children: ReactNode }) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id} {...(error ? { 'aria-describedby': `${id}-error` } : {})}>
      <span className={css.label} id={id}>{label}</span>
      {children}
      {error ? <p className={css.error} id={`${id}-error`}>{error}</p> : hint !== undefined && <p className={css.hint}>{hint}</p>}
    </div>
  );
}
