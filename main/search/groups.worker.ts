/** The thread that compares texts: reads a case's database, never writes it. It gives way to everything else. */
import { giveWay } from '../work/index.ts';
import { groupPass, type GroupPass, type GroupRequests } from './groups/group-pass.ts';
import { serveQueries } from './serve-queries.ts';

giveWay();
let pass: GroupPass | null = null;
serveQueries<GroupRequests>({
  next: (after, { db }) => {
    if (after === null || pass === null) pass = groupPass(db);
    return pass.next(db, after ?? 0);
  },
});
