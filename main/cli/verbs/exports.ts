import { stringOption, UsageError, writeJson } from '../options.ts';
import { exitCodes, type Verb } from '../verb.ts';

/** Writes annotations as W3C Web Annotation, one a line. */
export const annotationsExport: Verb = {
  name: 'annotations export',
  usage: '--vault DIR --case ID|NAME',
  summary: 'Write annotations as W3C Web Annotation JSON-LD, one a line.',
  options: {},
  words: [0, 0],
  run: async ({ session, io }) => {
    const info = await session.openCase();
    await session.call('annotations.export', { case: info.case }, ({ annotations }) => { for (const annotation of annotations) writeJson(io, annotation); });
    return exitCodes.done;
  },
};

/** Writes the standing codes, one a line. */
export const codesExport: Verb = {
  name: 'codes export',
  usage: '--vault DIR --case ID|NAME',
  summary: 'Write the standing codes, one document a line, by hash.',
  options: {},
  words: [0, 0],
  run: async ({ session, io }) => {
    const info = await session.openCase();
    await session.call('coding.export', { case: info.case }, ({ lines }) => { for (const line of lines) writeJson(io, line); });
    return exitCodes.done;
  },
};

/** Checks every audit chain. */
export const auditVerify: Verb = {
  name: 'audit verify',
  usage: '--vault DIR',
  summary: 'Check every audit chain: removed, changed and reordered records are found.',
  options: {},
  words: [0, 0],
  run: async ({ session, io, json }) => {
    await session.unlock();
    const result = await session.call('audit.verify', {});
    if (json) writeJson(io, result);
    else io.out(result.ok ? `${result.records} records, all in order.\n` : `Record ${result.firstBad?.record ?? '?'} of ${result.firstBad?.case ?? 'the vault'} does not fit: ${result.firstBad?.why ?? ''}.\n`);
    return result.ok ? exitCodes.done : exitCodes.failed;
  },
};

/** Writes all audit records, one a line. */
export const auditExport: Verb = {
  name: 'audit export',
  usage: '--vault DIR [--format jsonl]',
  summary: 'Write all audit records, one a line.',
  options: { format: { type: 'string' } },
  words: [0, 0],
  run: async ({ options, session, io }) => {
    const format = stringOption(options, 'format') ?? 'jsonl';
    if (format !== 'jsonl') throw new UsageError('--format takes jsonl; ocsf and cef are not built yet');
    await session.unlock();
    const { unreadable } = await session.call('audit.export', {}, ({ records }) => { for (const record of records) writeJson(io, record); });
    for (const id of unreadable) io.err(`redoubt: warning: the chain of case ${id} cannot be read\n`);
    return unreadable.length === 0 ? exitCodes.done : exitCodes.partly;
  },
};
