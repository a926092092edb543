/** The schema, step by step: one list per kind of database. A step is frozen with the first release that carries it; until then, none is. */
import { case0010 } from './case/0010-case.ts';
import { case0020 } from './case/0020-markings.ts';
import { case0030 } from './case/0030-sheets.ts';
import { case0040 } from './case/0040-bulk.ts';
import { case0050 } from './case/0050-ocr.ts';
import { case0060 } from './case/0060-groups.ts';
import { case0070 } from './case/0070-answer-states.ts';
import { case0100 } from './case/0100-metadata.ts';
import { case0110 } from './case/0110-bulk-sendings.ts';
import { case0120 } from './case/0120-found-dates.ts';
import { case0130 } from './case/0130-ocr-languages.ts';
import { case0140 } from './case/0140-held-members.ts';
import type { Migration } from './tools.ts';
import { vault0010 } from './vault/0010-vault.ts';
import { vault0020 } from './vault/0020-models.ts';

export const vaultMigrations: readonly Migration[] = [vault0010, vault0020];
export const caseMigrations: readonly Migration[] = [case0010, case0020, case0030, case0040, case0050, case0060, case0070, case0100, case0110, case0120, case0130, case0140];
