import type { ReactElement } from 'react';
import type { CodingCounts } from '../../../preload/contract/domains/coding.ts';
import { count, percent } from '../../lib/format.ts';
import { Facts, GroupHead, PaneFoot, ProgressBar, Text } from '../../ui/index.ts';
import css from './triage.module.css';

/** How far the case is coded, at the foot of the list. */
export function ProgressFoot({ counts }: { counts: CodingCounts }): ReactElement {
  const { coded, total, relevant, lastHour } = counts;
  return (
    <PaneFoot>
      <GroupHead aside={<Text size="small" tone={3} isNumeric>{count(lastHour)} in the last hour</Text>}>Progress</GroupHead>
      <div className={css['progress']}>
        <ProgressBar label="Coded" done={coded} total={total} valueText={`${count(coded)} of ${count(total)}`} />
      </div>
      <Facts facts={[
        { caption: 'Coded', value: count(coded), detail: `of ${count(total)}` },
        { caption: 'Relevant', value: count(relevant) },
        { caption: 'Done', value: percent(coded, total) },
      ]} />
    </PaneFoot>
  );
}
