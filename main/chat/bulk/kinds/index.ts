/** The kinds of bulk work that there are. A new one is defined in a file of its own (kind.ts `defineKind`) and put into this list. */
import type { BulkKind } from '../kind.ts';
import { extraction } from './extraction.ts';
import { firstPass } from './first-pass.ts';
import { question } from './question.ts';
import { summary } from './summary.ts';

export const bulkKinds: readonly BulkKind[] = [firstPass, extraction, summary, question];
