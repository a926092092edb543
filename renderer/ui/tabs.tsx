import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel as AriaTabPanel, Tabs as AriaTabs } from 'react-aria-components/Tabs';
import { classNames } from './class-names.ts';
import css from './tabs.module.css';

/** One tab of a pane head. `count` stands after its name, already formatted. */
export interface TabEntry<Id extends string> {
  id: Id;
  text: string;
  count?: string | undefined;
}

/** Props of Tabs. */
export interface TabsProps<Id extends string> {
  tabs: readonly TabEntry<Id>[];
  value: Id;
  onChange: (id: Id) => void;
  /** A PaneHead holding TabBar, then one TabPanel for each tab. */
  children: ReactNode;
}

/** Holds a tab bar and its panels together; it adds no box of its own to the pane. */
export function Tabs<Id extends string>({ tabs, value, onChange, children }: TabsProps<Id>) {
  const choose = (key: unknown) => {
    const chosen = tabs.find((tab) => tab.id === key);
    if (chosen) onChange(chosen.id);
  };
  return <AriaTabs selectedKey={value} onSelectionChange={choose} className={classNames(css.tabs)}>{children}</AriaTabs>;
}

/** The row of tab names, as high as the pane head it stands in. `tabs` is the list given to Tabs. */
export function TabBar<Id extends string>({ label, tabs }: { label: string; tabs: readonly TabEntry<Id>[] }) {
  return (
    <TabList aria-label={label} className={classNames(css.bar)}>
      {tabs.map((tab) => (
        <Tab key={tab.id} id={tab.id} className={classNames(css.tab)}>
          {tab.text}{tab.count !== undefined && <span className={css.count}> {tab.count}</span>}
        </Tab>
      ))}
    </TabList>
  );
}

/** What a tab shows; it fills the rest of the pane and scrolls by its PaneBody. */
export function TabPanel({ id, children }: { id: string; children: ReactNode }) {
  return <AriaTabPanel id={id} className={classNames(css.panel)}>{children}</AriaTabPanel>;
}
