/** The verbs that are built. What is not here is an unknown command. */
import type { Verb } from '../verb.ts';
import { ask } from './ask.ts';
import { bulkExport, bulkImport, bulkList, bulkResults, bulkResume, bulkSent, bulkStart } from './bulk.ts';
import { caseCreate, caseList, exportCase } from './cases.ts';
import { check } from './check.ts';
import { documents } from './documents.ts';
import { endpointAdd, endpointList, endpointTest } from './endpoints.ts';
import { annotationsExport, auditExport, auditVerify, codesExport } from './exports.ts';
import { groups } from './groups.ts';
import { ingest } from './ingest.ts';
import { markingParse, markingRollUp } from './markings.ts';
import { modelAdd, modelList } from './models.ts';
import { pii } from './pii.ts';
import { quarantineExport } from './quarantine.ts';
import { search } from './search.ts';
import { vaultCreate, vaultVerify } from './vault.ts';

export const verbs: readonly Verb[] = [
  vaultCreate, vaultVerify, caseCreate, caseList, ingest, documents, search, ask, check,
  bulkStart, bulkList, bulkResume, bulkResults, bulkSent, bulkExport, bulkImport,
  annotationsExport, codesExport, endpointAdd, endpointList, endpointTest, modelAdd, modelList, auditVerify, auditExport, exportCase, markingParse, markingRollUp, pii, quarantineExport, groups,
];
