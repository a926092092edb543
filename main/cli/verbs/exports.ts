import description from '../../../package.json' with { type: 'json' };
import { auditFormats, auditLine } from '../../audit/index.ts';
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

/** Writes all audit records, one a line, in the form that the receiving system reads. */
export const auditExport: Verb = {
  name: 'audit export',
  usage: `--vault DIR [--format ${auditFormats.join('|')}]`,
  summary: 'Write all audit records, one a line: as they are, as OCSF events or as CEF.',
  options: { format: { type: 'string' } },
  words: [0, 0],
  run: async ({ options, session, io }) => {
    const name = stringOption(options, 'format') ?? 'jsonl';
    const format = auditFormats.find((known) => known === name);
    if (format === undefined) throw new UsageError(`--format takes ${auditFormats.join(', ')}`);
    await session.unlock();
    const product = { vendor: description.productName, name: description.productName, version: description.version };
    const { unreadable } = await session.call('audit.export', {}, ({ records }) => { for (const record of records) io.out(`${auditLine(record, format, product)}\n`); });
    for (const id of unreadable) io.err(`redoubt: warning: the chain of case ${id} cannot be read\n`);
    return unreadable.length === 0 ? exitCodes.done : exitCodes.partly;
  },
};
