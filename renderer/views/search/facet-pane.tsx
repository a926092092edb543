import type { ReactElement, ReactNode } from 'react';
import type { DocumentType } from '../../../preload/contract/domains/basics.ts';
import type { CodingFilter, GroupFilter } from '../../../preload/contract/domains/sets.ts';
import type { Output } from '../../../preload/contract/routes.ts';
import { codingNames, isDocumentType, typeNames } from '../../lib/document-words.ts';
import { count } from '../../lib/format.ts';
import { languageName } from '../../lib/language-name.ts';
import { Button, Checkbox, EmptyPane, Group, GroupHead, Notice, Pane, PaneBody, PaneHead, PaneTitle, Spacer, VisuallyHidden } from '../../ui/index.ts';
import css from './facet-pane.module.css';
import { facetsOn, useSearchState } from './search-state.ts';

const codings: readonly Exclude<CodingFilter, 'any'>[] = ['relevant', 'not-relevant', 'deferred', 'uncoded'];

/** Props of FacetPane. `facets` is null while no query has been run; `error` is why the counts could not be had. */
export interface FacetPaneProps {
  facets: Output<'search.facets'> | null;
  error: Error | null;
  onRetry: () => void;
  /** True when the query matches nothing at all. */
  isEmpty: boolean;
}

/** Narrows the results by coding, one at a time, and by type, language and group, any number, with how many documents each has. */
export function FacetPane({ facets, error, onRetry, isEmpty }: FacetPaneProps): ReactElement {
  const coding = useSearchState((state) => state.coding);
  const types = useSearchState((state) => state.types);
  const groups = useSearchState((state) => state.groups);
  const languages = useSearchState((state) => state.languages);
  const on = facetsOn({ coding, types, groups, languages });
  return (
    <Pane label="Facets">
      <PaneHead>
        <PaneTitle level={1}>Facets</PaneTitle>
        <Spacer />
        {on > 0 && <Button size="sm" variant="ghost" onPress={() => narrow({ coding: 'any', types: [], groups: [], languages: [] })}>Clear {on}</Button>}
      </PaneHead>
      <PaneBody>
        {error !== null && <Notice kind="danger" meaning="The results are not affected." action={<Button size="sm" onPress={onRetry}>Count again</Button>}>The facets could not be counted.</Notice>}
        {facets === null && error === null && <EmptyPane>How many documents each coding and type has, once there are results.</EmptyPane>}
        {facets !== null && isEmpty && on === 0 && <EmptyPane>No facets: nothing matches.</EmptyPane>}
        {facets !== null && (!isEmpty || on > 0) && (
          <>
            <CodingFacets facets={facets} coding={coding} />
            <TypeFacets facets={facets} types={types} />
            <LanguageFacets facets={facets} languages={languages} />
            <GroupFacets facets={facets} groups={groups} />
          </>
        )}
      </PaneBody>
    </Pane>
  );
}

function narrow(change: { coding?: CodingFilter; types?: readonly DocumentType[]; groups?: readonly GroupFilter[]; languages?: readonly string[] }): void {
  useSearchState.setState({ ...change, selectedIndex: null });
}

function CodingFacets({ facets, coding }: { facets: Output<'search.facets'>; coding: CodingFilter }): ReactElement {
  const countByCoding = new Map(facets.coding.map((facet) => [facet.value, facet.count]));
  return (
    <FacetGroup name="Coding" note="one at a time">
      {codings.map((value) => (
        <FacetLine key={value} name={codingNames[value]} count={countByCoding.get(value) ?? 0} isOn={coding === value}
          onChange={(isOn) => narrow({ coding: isOn ? value : 'any' })} />
      ))}
    </FacetGroup>
  );
}

function TypeFacets({ facets, types }: { facets: Output<'search.facets'>; types: readonly DocumentType[] }): ReactElement {
  const found = facets.types.filter((facet) => isDocumentType(facet.value));
  // A chosen type that the new query does not match stays in sight, so that it can be taken out.
  const gone = types.filter((type) => !found.some((facet) => facet.value === type)).map((value) => ({ value, count: 0 }));
  return (
    <FacetGroup name="Type">
      {[...found, ...gone].map(({ value, count: documents }) => isDocumentType(value) && (
        <FacetLine key={value} name={typeNames[value]} count={documents} isOn={types.includes(value)}
          onChange={(isOn) => narrow({ types: isOn ? [...types, value] : types.filter((type) => type !== value) })} />
      ))}
    </FacetGroup>
  );
}

function LanguageFacets({ facets, languages }: { facets: Output<'search.facets'>; languages: readonly string[] }): ReactElement | null {
  const gone = languages.filter((language) => !facets.languages.some(({ value }) => value === language)).map((value) => ({ value, count: 0 }));
  const shown = [...facets.languages, ...gone];
  if (shown.length === 0) return null;
  return (
    <FacetGroup name="Language">
      {shown.map(({ value, count: documents }) => (
        <FacetLine key={value} name={languageName(value)} count={documents} isOn={languages.includes(value)}
          onChange={(isOn) => narrow({ languages: isOn ? [...languages, value] : languages.filter((language) => language !== value) })} />
      ))}
    </FacetGroup>
  );
}

const groupLines = [{ value: 'near', name: 'Has near-duplicates' }, { value: 'adds-nothing', name: 'Adds nothing to its thread' }] as const;

function GroupFacets({ facets, groups }: { facets: Output<'search.facets'>; groups: readonly GroupFilter[] }): ReactElement | null {
  const countByGroup = new Map(facets.groups.map((facet) => [facet.value, facet.count]));
  const shown = groupLines.filter(({ value }) => groups.includes(value) || (countByGroup.get(value) ?? 0) > 0);
  if (shown.length === 0) return null;
  return (
    <FacetGroup name="Alike">
      {shown.map(({ value, name }) => (
        <FacetLine key={value} name={name} count={countByGroup.get(value) ?? 0} isOn={groups.includes(value)}
          onChange={(isOn) => narrow({ groups: isOn ? [...groups, value] : groups.filter((group) => group !== value) })} />
      ))}
    </FacetGroup>
  );
}

function FacetGroup({ name, note, children }: { name: string; note?: string; children: ReactNode }): ReactElement {
  return (
    <Group>
      <GroupHead level={2} aside={note}>{name}</GroupHead>
      <div role="group" aria-label={note === undefined ? name : `${name}, ${note}`}>{children}</div>
    </Group>
  );
}

function FacetLine({ name, count: documents, isOn, onChange }: { name: string; count: number; isOn: boolean; onChange: (isOn: boolean) => void }): ReactElement {
  return (
    <div className={css.line}>
      <Checkbox isSelected={isOn} onChange={onChange}>{name}<VisuallyHidden>, {count(documents)}</VisuallyHidden></Checkbox>
      <span className={css.count} aria-hidden="true">{count(documents)}</span>
    </div>
  );
}
