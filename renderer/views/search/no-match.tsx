import type { ReactElement } from 'react';
import Lightbulb from 'lucide-react/icons/lightbulb';
import { counted } from '../../lib/format.ts';
import type { OpenSet } from '../../lib/open-set.ts';
import { useRoute } from '../../lib/queries.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, EmptyState } from '../../ui/index.ts';
import { facetsOn, useSearchState } from './search-state.ts';

/** Props of NoMatch. */
export interface NoMatchProps {
  set: OpenSet;
  query: string;
  onTry: (query: string) => void;
}

/** A query without results: how many documents were searched, and nearby queries that find something, with their counts. */
export function NoMatch({ set, query, onTry }: NoMatchProps): ReactElement {
  const suggestions = useRoute('search.suggestions', { case: set.case, query }).data?.suggestions ?? [];
  const on = useSearchState(facetsOn);
  return (
    <EmptyState
      title="No documents match"
      headingLevel={2}
      prompts={suggestions.map((suggestion) => ({
        id: suggestion.query, icon: Lightbulb, text: visibleLine(suggestion.why), detail: counted(suggestion.count, 'document'), run: () => onTry(suggestion.query),
      }))}
      actions={on > 0 && <Button onPress={() => useSearchState.setState({ coding: 'any', types: [], groups: [], languages: [] })}>{on === 1 ? 'Take the facet out' : `Take ${on} facets out`}</Button>}
    >
      {counted(set.searched, 'document')} searched, 0 found{on > 0 ? ' with these facets.' : '.'}
    </EmptyState>
  );
}
