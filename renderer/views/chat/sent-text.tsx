import type { ReactElement } from 'react';
import type { Sending } from '../../../preload/contract/domains/chat.ts';
import css from './send-preview.module.css';
import { Visible } from './visible.tsx';

const roleWords = { system: 'Instruction of the program', user: 'Passages and question', assistant: 'Earlier answer' } as const;

/** Messages word for word, as they leave or left. */
export function SentText({ messages, label }: { messages: Sending['messages']; label: string }): ReactElement {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls is a stop of the keyboard
    <div className={css.texts} role="region" aria-label={label} tabIndex={0}>
      {messages.map((message, index) => (
        <section key={index} className={css.message}>
          <h2 className={css.role}>{roleWords[message.role]}</h2>
          <p className={css.text}><Visible text={message.text} /></p>
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
