import type { ReactElement } from 'react';
import type { Sending } from '../../preload/contract/domains/chat.ts';
import css from './sent-text.module.css';
import { Visible } from './visible.tsx';

const roleWords = { system: 'Instruction of the program', user: 'Passages and question', assistant: 'Earlier answer' } as const;

/** Props of SentText. `titles` says what a message is where it is not a question over passages; `more` is what went along beside the messages. */
export interface SentTextProps {
  messages: Sending['messages'];
  label: string;
  titles?: Partial<Record<Sending['messages'][number]['role'], string>>;
  more?: readonly { readonly title: string; readonly text: string }[];
}

/** Messages word for word, as they leave or left. */
export function SentText({ messages, label, titles = {}, more = [] }: SentTextProps): ReactElement {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls is a stop of the keyboard
    <div className={css.texts} role="region" aria-label={label} tabIndex={0}>
      {messages.map((message, index) => (
        <section key={index} className={css.message}>
          <h2 className={css.role}>{titles[message.role] ?? roleWords[message.role]}</h2>
          <p className={css.text}><Visible text={message.text} /></p>
        </section>
      ))}
      {more.map(({ title, text }) => (
        <section key={title} className={css.message}>
          <h2 className={css.role}>{title}</h2>
          <p className={css.code}><Visible text={text} /></p>
        </section>
      ))}
    </div>
  );
}

/** What stands in for personal data, and for what. */
export function Replaced({ replaced }: { replaced: Sending['replaced'] }): ReactElement {
  if (replaced.length === 0) return <p className={css.quiet}>None was found, or none is replaced.</p>;
  return <ul className={css.list}>{replaced.map(({ standIn, original }) => <li key={standIn} className={css.line}><code className={css.standIn}>{standIn}</code> for <span className={css.original}><Visible text={original} /></span></li>)}</ul>;
}
