/**
 * What requests of bulk work sent, kept word for word before it leaves and read back in full. The document's text may be read anew, and what
 * fences it and stands in for personal data follows from the program's version: so the words are kept, not a way to make them again. What
 * all requests of a run have alike (the frame) is kept once; the rest is compressed (Brotli, RFC 7932), and a further try of the same
 * words names the op that holds them.
 */
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import * as z from 'zod';
import type { BatchId, Marking, OpId } from '../../../preload/contract/domains/basics.ts';
import type { BatchFormat, BulkSending } from '../../../preload/contract/domains/bulk.ts';
import { AppError, bug } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import { canonicalJson } from '../../base/json.ts';
import type { ModelRequest } from '../../models/index.ts';
import { joinMarkings, viewMarking } from '../../policy/index.ts';
import { appendOp, findDocument, listAllBulkSendings, listBulkSendings, readBulkRun, readHeads, readOp, type BulkFrame, type BulkItemRow, type BulkSent, type CaseStore, type OpValue, type WriteDb } from '../../store/index.ts';
import { rememberMarks } from '../span-marks.ts';
import { digestOf, type ItemRequest } from './item-request.ts';
import type { BulkKind } from './kind.ts';

/** The words that are a request's own. `line` is that of a batch file; absent where the endpoint was asked. */
const ownWords = z.object({ user: z.string(), replaced: z.array(z.object({ standIn: z.string(), original: z.string() })), line: z.string().optional() });
type OwnWords = z.infer<typeof ownWords>;

/** Packs words as well as it goes without holding up the engine: about half a millisecond for a chunk. */
function pack(words: OwnWords): string {
  const bytes = Buffer.from(JSON.stringify(words));
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).toString('base64');
}

const unpack = (packed: string): OwnWords => ownWords.parse(JSON.parse(brotliDecompressSync(Buffer.from(packed, 'base64')).toString('utf8')));

/** A line of a batch file: where it stands and what it says. */
export interface BatchLine {
  readonly batch: BatchId;
  readonly format: BatchFormat;
  readonly name: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** The words of a request, ready to be kept. */
export interface KeptWords {
  readonly item: Pick<BulkItemRow, 'run' | 'key'>;
  readonly made: Pick<ItemRequest, 'document' | 'chunk'>;
  readonly frame: BulkFrame;
  readonly digest: string;
  readonly own: OwnWords;
  readonly rollUp: Marking;
  readonly line: BatchLine | null;
}

/** The words of a cleared request, and of its line in a batch file. */
export function wordsOf(store: Pick<CaseStore, 'crypto'>, item: BulkItemRow, made: ItemRequest, rollUp: Marking, line: BatchLine | null): KeptWords {
  const { request, replaced } = made;
  const user = request.messages.length === 1 ? request.messages[0]?.text ?? bug('a message without text') : bug('a request of bulk work has one message');
  return { item, made, frame: frameOf(request), digest: digestOf(store, request), own: { user, replaced: [...replaced], ...(line === null ? {} : { line: line.text }) }, rollUp, line };
}

function frameOf({ system, schema, maxTokens, temperature }: ModelRequest): BulkFrame {
  return { system, schema: z.json().parse(schema ?? null), maxTokens: maxTokens ?? null, temperature: temperature ?? null };
}

/** Keeps what is about to leave, in the caller's transaction. Answers its op. */
export function keepSending(store: CaseStore, db: WriteDb, { item, made, frame, digest, own, rollUp, line }: KeptWords): OpId {
  const sha256 = store.crypto.sha256(Buffer.from(canonicalJson(frame))).toString('hex');
  if (readHeads(db, `bulk-frame:${sha256}`, 'bulk.framed').length === 0) appendOp(store, db, { entity: `bulk-frame:${sha256}`, kind: 'bulk.framed', value: frame });
  const [last] = line === null ? listBulkSendings(db, item.key) : [];
  const same = last === undefined ? null : sentOf(store, last);
  const words: BulkSent['words'] = same === null || last === undefined || same.digest !== digest || same.batch !== null ? { packed: pack(own) } : { as: 'as' in same.words ? same.words.as : last };
  const value: OpValue<'bulk.sent'> = {
    run: item.run, key: Buffer.from(item.key).toString('hex'), document: made.document.id, start: made.chunk.start, end: made.chunk.end, frame: sha256, digest, words,
    batch: line === null ? null : { batch: line.batch, format: line.format, name: line.name, line: line.line },
  };
  return appendOp(store, db, { entity: `bulk-sending:${newId(store.ids)}`, kind: 'bulk.sent', value, marking: rollUp }).id;
}

function sentOf({ read }: Pick<CaseStore, 'read'>, id: OpId): BulkSent | null {
  const op = readOp(read, id);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the log parsed it by its kind's schema
  return op?.kind === 'bulk.sent' ? op.value as OpValue<'bulk.sent'> : null;
}

/** Everything that bulk work sent, in full, oldest first. */
export function* exportSendings(store: CaseStore, kinds: readonly BulkKind[]): Generator<BulkSending> {
  for (const id of listAllBulkSendings(store.read)) yield readBulkSending(store, id, kinds);
}

/** What a sending sent, in full, with what showing it counts as today. Throws bulk.unknown-sending. */
export function readBulkSending(store: CaseStore, id: OpId, kinds: readonly BulkKind[]): BulkSending {
  const op = readOp(store.read, id);
  const sent = sentOf(store, id);
  const held = sent === null ? null : 'as' in sent.words ? sentOf(store, sent.words.as)?.words ?? null : sent.words;
  const frame = sent === null ? undefined : readHeads(store.read, `bulk-frame:${sent.frame}`, 'bulk.framed')[0]?.value;
  const spec = sent === null ? undefined : readBulkRun(store.read, sent.run)?.spec;
  if (op === null || sent === null || held === null || !('packed' in held) || frame === undefined || spec === undefined) throw new AppError('bulk.unknown-sending', 'There is no such sending in this case.', { data: { sending: id } });
  const { user, replaced, line } = unpack(held.packed);
  const { run, start, end, digest, batch } = sent;
  const document = findDocument(store.read, sent.document);
  const rollUp = op.marking ?? store.marking;
  const marks = rememberMarks(store);
  const own = document === null ? rollUp : joinMarkings(joinMarkings(rollUp, marks.ofTitle(document)), marks.ofSpan({ document, start, end: Math.max(end, start + 1) }).marking);
  const messages: BulkSending['messages'] = [{ role: 'system', text: frame.system }, { role: 'user', text: user }];
  const tries = listBulkSendings(store.read, Buffer.from(sent.key, 'hex'));
  return {
    sending: id, at: op.hlc.ms, run, kind: spec.kind, version: spec.version, title: kinds.find(({ kind }) => kind === spec.kind)?.title ?? spec.kind,
    endpoint: spec.endpoint.name, host: spec.endpoint.host, model: spec.endpoint.model,
    document: sent.document, documentNumber: document?.document ?? null, documentTitle: document?.title ?? '', start, end,
    rollUp: viewMarking(rollUp), marking: viewMarking(own), messages, schema: JSON.stringify(frame.schema, null, 2), maxTokens: frame.maxTokens, replaced, digest,
    isAsSent: digestOf(store, { system: frame.system, messages: [{ role: 'user', text: user }] }) === digest,
    batch: batch === null || line === undefined ? null : { ...batch, text: line },
    before: tries.slice(tries.indexOf(id) + 1),
  };
}
