/** The cases of the vault, and the one that the window has open. */
import { useMemo } from 'react';
import { create } from 'zustand';
import type { CaseId } from '../../preload/contract/domains/basics.ts';
import type { CaseInfo } from '../../preload/contract/domains/cases.ts';
import { call } from './client.ts';
import { useNavigation } from './navigation.ts';
import { useRoute } from './queries.ts';

/** All cases, archived or not, by name; undefined until they are known. */
export function useAllCases(enabled = true): readonly CaseInfo[] | undefined {
  const current = useRoute('cases.list', { archived: false }, { enabled }).data;
  const archived = useRoute('cases.list', { archived: true }, { enabled }).data;
  return useMemo(() => {
    if (current === undefined) return undefined;
    const byId = new Map([...current.cases, ...archived?.cases ?? []].map((info) => [info.case, info]));
    return [...byId.values()].sort((a, b) => a.name.localeCompare(b.name));
  }, [current, archived]);
}

/** The open case; undefined when none is open or the list is not there yet. */
export function useOpenCase(): CaseInfo | undefined {
  const id = useNavigation((state) => state.case);
  return useAllCases(id !== null)?.find((info) => info.case === id);
}

/** Why the last try to open a case failed; null when it did not. The case list shows it. */
export const useCaseFault = create<{ readonly fault: string | null }>(() => ({ fault: null }));

/** Opens a case in this window, once the engine has opened its database; on a fault, shows the case list with it. Never rejects. */
export async function openCaseInWindow(id: CaseId): Promise<void> {
  try {
    await call('cases.open', { case: id, resume: true });
    useCaseFault.setState({ fault: null });
    useNavigation.getState().openCase(id);
  } catch (error) {
    useNavigation.getState().openCase(null);
    useCaseFault.setState({ fault: error instanceof Error ? error.message : String(error) });
  }
}
