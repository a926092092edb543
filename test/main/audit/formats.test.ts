import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cefLine } from '../../../main/audit/cef.ts';
import { eventClasses, eventKind } from '../../../main/audit/event-classes.ts';
import { auditFormats, auditLine } from '../../../main/audit/index.ts';
import { ocsfEvent, ocsfVersion, type OcsfEvent } from '../../../main/audit/ocsf.ts';
import type { AuditRecord } from '../../../preload/contract/domains/audit.ts';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import { recordedActions } from '../../support/recorded-actions.ts';

const product = { vendor: 'Redoubt', name: 'Redoubt', version: '0.1.0' };
const actions = [...recordedActions()].sort();
const caseId = 'c0ffee00c0ffee00c0ffee00c0ffee00' as CaseId;

const coded: AuditRecord = {
  case: caseId, record: 7, at: 1_790_000_000_000, who: 'Ana (Lyon) (0123abcd)', device: 'bench|1 (89abcdef)', action: 'document.coded', objects: ['d1', 'o1'],
  marking: 'SECRET//NOFORN', outcome: 'done', detail: { verdict: 'a=b\\c' }, hash: 'ab'.repeat(48), previous: '00'.repeat(48),
};
const refused: AuditRecord = { ...coded, action: 'model.cleared', objects: ['e1', 'd1'], outcome: 'refused', detail: { ceiling: 'UNCLASSIFIED', passages: 1, host: '[::1]:8443', model: 'small-1' } };

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.constantFrom('\\', '|', '=', '\n', '\r', ' ', 'n', 'a', 'cs1=', '\\n', ' act=x', '"'), { maxLength: 8 }).map((all) => all.join('')));
const hash = fc.array(fc.constantFrom('0', '7', 'f'), { minLength: 96, maxLength: 96 }).map((all) => all.join(''));
const records: fc.Arbitrary<AuditRecord> = fc.record({
  case: fc.constantFrom(null, caseId),
  record: fc.nat(),
  at: fc.nat(2_000_000_000_000),
  who: fc.oneof(text, text.map((name) => `${name} (0123abcd)`)),
  device: text,
  action: fc.oneof(fc.constantFrom(...actions), text),
  objects: fc.array(text, { maxLength: 4 }),
  marking: text,
  outcome: fc.constantFrom('done' as const, 'refused' as const, 'failed' as const),
  detail: fc.dictionary(fc.constantFrom('at', 'host', 'model', 'code', 'chars', '__x'), fc.oneof(text, fc.nat(), fc.boolean(), fc.constant(null))),
  hash,
  previous: hash,
});

/** A record again, from its event. */
function fromOcsf(event: OcsfEvent): AuditRecord {
  const name = ({ name: plain, uid }: { name: string; uid?: string }): string => (uid === undefined ? plain : `${plain} (${uid})`);
  return { ...event.unmapped, record: event.metadata.sequence, at: event.metadata.logged_time, who: name(event.actor.user), device: name(event.device), action: event.metadata.event_code };
}

/** Reads a line of the Common Event Format as its specification says it is written. Throws for one that is not. */
function readCef(line: string): { readonly header: readonly string[]; readonly extension: ReadonlyMap<string, string> } {
  expect(line).not.toMatch(/[\r\n]/);
  const header: string[] = [];
  let field = '';
  let at = 0;
  for (; header.length < 7; at += 1) {
    const char = line[at];
    if (char === undefined) throw new Error('the header ends early');
    if (char === '|') {
      header.push(field);
      field = '';
    } else if (char === '\\') {
      at += 1;
      if (line[at] !== '\\' && line[at] !== '|') throw new Error('an escape that a header does not have');
      field += line[at];
    } else field += char;
  }
  const rest = line.slice(at);
  // A key begins the extension or follows a blank, and ends at the first = that no backslash precedes.
  const starts = [...rest.matchAll(/(?:^| )(?<key>[A-Za-z][A-Za-z0-9]*)=/g)].filter(({ index, 0: found }) => !isEscaped(rest, index + found.length - 1));
  const extension = new Map(starts.map(({ index, 0: found, groups }, n) => [groups?.['key'] ?? '', unescaped(rest.slice(index + found.length, starts[n + 1]?.index))]));
  expect(extension.size).toBe(starts.length);
  return { header, extension };
}

function isEscaped(line: string, at: number): boolean {
  return (/\\*$/.exec(line.slice(0, at))?.[0].length ?? 0) % 2 === 1;
}

function unescaped(value: string): string {
  expect(value.replaceAll(/\\[\\=nr]/g, '')).not.toMatch(/[\\=]/);
  return value.replaceAll(/\\(.)/gs, (_all, char: string) => ({ n: '\n', r: '\r' })[char] ?? char);
}

describe('OCSF', () => {
  /**
   * What OCSF 1.9.0 requires (events/base_event.json, events/iam/*.json, events/application/*.json, objects/*.json of the schema):
   * attributes, of which one at least, and the activities of each class that are used here.
   */
  const base = ['activity_id', 'category_uid', 'class_uid', 'metadata', 'severity_id', 'time', 'type_uid'];
  const required: Readonly<Record<keyof typeof eventClasses, { readonly all: readonly string[]; readonly any?: readonly string[]; readonly activities: readonly number[] }>> = {
    base_event: { all: base, activities: [0, 99] },
    authentication: { all: [...base, 'user'], any: ['service', 'dst_endpoint'], activities: [1, 2] },
    entity_management: { all: [...base, 'entity'], activities: [1, 2, 3, 4, 10, 11] },
    user_management: { all: [...base, 'user'], activities: [8] },
    api_activity: { all: [...base, 'actor', 'api', 'src_endpoint'], activities: [1, 2, 3, 4] },
    datastore_activity: { all: [...base, 'actor', 'src_endpoint'], any: ['database', 'databucket', 'table'], activities: [1, 2, 3, 4, 5, 6, 7] },
  };
  const requiredOf: Readonly<Record<string, readonly string[]>> = { metadata: ['product', 'version'], device: ['type_id', 'name'], database: ['type_id', 'name'], api: ['operation'], ai_model: ['name', 'ai_provider'], user: ['name'], src_endpoint: ['name'], entity: ['name'], service: ['name'] };

  test('every event has what its class and its objects require, an activity of its class, and the type that these make', () => {
    fc.assert(fc.property(records, (record) => {
      const event = ocsfEvent(record, product);
      const name = eventKind(record.action)?.class ?? 'base_event';
      const rules = required[name];
      expect(Object.keys(event)).toEqual(expect.arrayContaining([...rules.all]));
      expect(rules.any?.some((attribute) => event[attribute] !== undefined) ?? true).toBe(true);
      expect(rules.activities).toContain(event.activity_id);
      expect(event.class_uid).toBe(eventClasses[name].uid);
      expect(event.category_uid).toBe(Math.floor(event.class_uid / 1000));
      expect(event.type_uid).toBe(event.class_uid * 100 + event.activity_id);
      expect(event.metadata.version).toBe(ocsfVersion);
      for (const [attribute, keys] of Object.entries(requiredOf)) {
        const value = event[attribute];
        if (typeof value === 'object' && value !== null) expect(Object.keys(value)).toEqual(expect.arrayContaining([...keys]));
      }
      expect(event.metadata.profiles.includes('ai_operation')).toBe('ai_model' in event);
      expect(event.metadata.profiles.includes('security_control')).toBe('disposition_id' in event);
    }), { numRuns: 1000 });
  });

  test('nothing of a record is lost, whatever its texts', () => {
    fc.assert(fc.property(records, (record) => {
      expect(fromOcsf(JSON.parse(auditLine(record, 'ocsf', product)) as OcsfEvent)).toEqual(JSON.parse(JSON.stringify(record)));
    }), { numRuns: 1000 });
  });

  test('a code given is an update of the case’s store by a person at a device', () => {
    expect(ocsfEvent(coded, product)).toEqual({
      class_uid: 6005, category_uid: 6, activity_id: 2, type_uid: 600_502, severity_id: 1, time: coded.at, status_id: 1, status_detail: 'done', message: 'document coded',
      metadata: { version: '1.9.0', product: { name: 'Redoubt', vendor_name: 'Redoubt', version: '0.1.0' }, profiles: ['host'], uid: coded.hash, sequence: 7, event_code: 'document.coded', log_name: 'audit', logged_time: coded.at },
      actor: { user: { name: 'Ana (Lyon)', uid: '0123abcd' } },
      device: { name: 'bench|1', uid: '89abcdef', type_id: 0 },
      src_endpoint: { name: 'bench|1', uid: '89abcdef' },
      database: { type_id: 1, name: 'case', uid: caseId },
      unmapped: { case: caseId, objects: ['d1', 'o1'], marking: 'SECRET//NOFORN', outcome: 'done', detail: { verdict: 'a=b\\c' }, hash: coded.hash, previous: coded.previous },
    });
  });

  test('a refusal of the guard is a denied call to a model, which is named', () => {
    expect(ocsfEvent(refused, product)).toMatchObject({
      class_uid: 6003, type_uid: 600_301, severity_id: 3, status_id: 2, action_id: 2, disposition_id: 2,
      api: { operation: 'model.cleared' }, dst_endpoint: { hostname: '[::1]', port: 8443 }, ai_model: { name: 'small-1', ai_provider: '[::1]:8443' }, resources: [{ uid: 'e1' }, { uid: 'd1' }],
      metadata: { profiles: ['host', 'ai_operation', 'security_control'] },
    });
  });

  test('a failed unlock happened when it was tried, not when it was recorded', () => {
    const tried = { ...coded, case: null, action: 'vault.unlock', outcome: 'refused' as const, detail: { at: 5 } };
    expect(ocsfEvent(tried, product)).toMatchObject({ class_uid: 3002, activity_id: 1, time: 5, status_id: 2, metadata: { logged_time: coded.at } });
    expect(readCef(cefLine(tried, product)).extension.get('start')).toBe('5');
  });

  test('an action without a class goes out as a general event', () => {
    expect(ocsfEvent({ ...coded, action: 'moon.landed' }, product)).toMatchObject({ class_uid: 0, category_uid: 0, activity_id: 99, activity_name: 'moon.landed', type_uid: 99 });
  });

  test('a vault that does not verify is a matter of high severity', () => {
    expect(ocsfEvent({ ...coded, action: 'vault.verified', outcome: 'failed' }, product)).toMatchObject({ severity_id: 4, status_id: 2 });
  });
});

describe('CEF', () => {
  test('a code given is written as the format says', () => {
    expect(cefLine(coded, product)).toBe(
      'CEF:0|Redoubt|Redoubt|0.1.0|document.coded|document coded|1|rt=1790000000000 start=1790000000000 externalId=7 act=document.coded outcome=success reason=done suser=Ana (Lyon) suid=0123abcd dvchost=bench|1 deviceExternalId=89abcdef'
      + ` cs1=SECRET//NOFORN cs1Label=marking cs2=${caseId} cs2Label=case cs3=d1 o1 cs3Label=objects cs4={"verdict":"a\\=b\\\\\\\\c"} cs4Label=detail cs5=${coded.hash} cs5Label=hash cs6=${coded.previous} cs6Label=previous cn1=2 cn1Label=objectCount`,
    );
  });

  test('a parser of the format reads back what was written, whatever the texts', () => {
    fc.assert(fc.property(records, (record) => {
      const { header, extension } = readCef(cefLine(record, product));
      const get = (key: string): string => extension.get(key) ?? '';
      const named = (name: string, id: string): string => (id === '' ? name : `${name} (${id})`);
      expect(header.slice(0, 5)).toEqual(['CEF:0', 'Redoubt', 'Redoubt', '0.1.0', record.action.replaceAll(/[\r\n]+/g, ' ')]);
      expect(Number(header[6])).toBeGreaterThanOrEqual(0);
      expect(Number(header[6])).toBeLessThanOrEqual(10);
      expect([Number(get('rt')), Number(get('externalId')), get('act'), get('reason')]).toEqual([record.at, record.record, record.action, record.outcome]);
      expect([named(get('suser'), get('suid')), named(get('dvchost'), get('deviceExternalId'))]).toEqual([record.who, record.device]);
      expect([get('cs1'), get('cs2'), get('cs3'), JSON.parse(get('cs4')), get('cs5'), get('cs6'), Number(get('cn1'))])
        .toEqual([record.marking, record.case ?? '', record.objects.reduce((all, id) => (all === '' ? id : `${all} ${id}`), ''), JSON.parse(JSON.stringify(record.detail)), record.hash, record.previous, record.objects.length]);
      expect(get('cs1Label')).toBe(record.marking === '' ? '' : 'marking');
    }), { numRuns: 2000 });
  });

  test('a long list of objects keeps to what a custom string holds, and says how many there are', () => {
    const { extension } = readCef(cefLine({ ...coded, objects: Array.from({ length: 500 }, (_, n) => String(n).padStart(32, '0')) }, product));
    expect([extension.get('cs3')?.length, extension.get('cn1')]).toEqual([3992, '500']);
    expect(extension.get('cs3')?.split(' ').every((id, n) => Number(id) === n)).toBe(true);
  });
});

test('each format is one line a record', () => {
  fc.assert(fc.property(records, fc.constantFrom(...auditFormats), (record, format) => { expect(auditLine(record, format, product)).not.toMatch(/[\r\n]/); }));
});

test('every action that the program records has a class of its own', () => {
  expect(actions.length).toBeGreaterThan(40);
  expect(actions).toEqual(expect.arrayContaining(['vault.unlock', 'annotation.removed', 'case.archived', 'texts.exported', 'ingest.paused', 'ingest.retried', 'op.redone', 'audit.export-started']));
  expect(actions.filter((action) => eventKind(action) === null)).toEqual([]);
});
