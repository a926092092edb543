import type { ReactElement } from 'react';
import { Button, EmptyState } from '../../ui/index.ts';
import css from './query-help.module.css';

interface Example {
  readonly write: readonly string[];
  readonly finds: string;
}

const examples: readonly Example[] = [
  { write: ['pump repair'], finds: 'documents with both words, in any form: pumps, repaired' },
  { write: ['"pump repair"'], finds: 'the words side by side' },
  { write: ['repair*'], finds: 'words that begin so' },
  { write: ['pump AND NOT repair', '(pump OR valve) AND leak'], finds: 'what words must, may and must not be there' },
  { write: ['pump NEAR/5 leak'], finds: 'at most five words apart' },
  { write: ['type:pdf', 'lang:de', 'pages:>10', 'has:attachment'], finds: 'what the document is' },
  { write: ['date:2024-03', 'date:2024-01..2024-06'], finds: 'a year, a month, a day, or from one to another' },
  { write: ['dated:2024-03'], finds: 'a date that the text itself names' },
  { write: ['from:', 'to:', 'subject:', 'author:', 'path:'], finds: 'words in a mail’s headers, an author’s name or a file’s path' },
  { write: ['coded:relevant', 'coded:none'], finds: 'how it was coded' },
];

/** The query language in short, where the results will be. An example that is whole goes into the box when it is pressed. */
export function QueryHelp({ onTry }: { onTry: (query: string) => void }): ReactElement {
  return (
    <EmptyState title="Search this case" headingLevel={2}>
      <p>Write what you look for. Results come as you type.</p>
      <dl className={css.examples}>
        {examples.map((example) => (
          <div key={example.finds} className={css.example}>
            <dt className={css.write}>
              {example.write.map((query) => (query.endsWith(':')
                ? <code key={query} className={css.code}>{query}</code>
                : <Button key={query} size="sm" onPress={() => onTry(query)}><code className={css.code}>{query}</code></Button>))}
            </dt>
            <dd className={css.finds}>{example.finds}</dd>
          </div>
        ))}
      </dl>
    </EmptyState>
  );
}
