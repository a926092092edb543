/** A conversation as it is handed on: Markdown for people, JSON for programs. What a model wrote says so, and every citation its place. */
import type { ConversationId, OpId } from '../../preload/contract/domains/basics.ts';
import type { AnswerSentence, Citation, ShownItem, Turn } from '../../preload/contract/domains/chat.ts';
import { plainJson, writtenOut } from '../base/written-out.ts';
import { joinMarkings, viewMarking } from '../policy/index.ts';
import { listOps, readSending, type CaseStore } from '../store/index.ts';
import { bulkKinds, readBulkSending } from './bulk/index.ts';
import { readTurns } from './conversations.ts';
import { lookAtTodaysMarks } from './todays-marking.ts';
import { planLines, readItems } from './exhaustive/index.ts';

/** A file of the export: its name's ending and its text. */
export interface ConversationFile {
  readonly extension: 'md' | 'json';
  readonly text: string;
}

/** Both forms. Their marking is that of everything in them, as it was kept and as it is marked today: questions, what was sent, answers, quotes, titles and paths. Throws case.unknown-conversation. */
export async function exportConversation(store: CaseStore, id: ConversationId): Promise<{ readonly marking: string; readonly turns: number; readonly files: readonly ConversationFile[] }> {
  const { info, turns } = await readTurns(store, id, Number.MAX_SAFE_INTEGER);
  const markings = turns.flatMap(({ turn }) => listOps(store.read, `turn:${turn}`).flatMap((op) => (op.marking === null ? [] : [op.marking])));
  const titles = lookAtTodaysMarks(store).ofTitles(turns.flatMap(({ answer, review }) => [...answer?.citations ?? [], ...review?.edit?.citations ?? []]));
  const marking = viewMarking([...markings, ...(titles === null ? [] : [titles])].reduce((sum, own) => joinMarkings(sum, own), info.marking.marking)).banner;
  const itemsByTurn = new Map<string, readonly ShownItem[]>();
  for (const { turn, answer } of turns) if (answer?.exhaustive !== undefined) itemsByTurn.set(turn, (await readItems(store, turn, 0, answer.exhaustive.listed)).items);
  const sentFor = (items: readonly ShownItem[] | undefined) => items?.map(({ sending, ...item }) => ({ ...item, sending: sending === null ? null : sentFacts(store, sending) }));
  const json = { format: 'redoubt-conversation', version: 1, conversation: id, title: info.title, marking, exportedAt: new Date(store.clock.nowMs()).toISOString(), turns: turns.map((turn) => ({ ...turn, askedAt: new Date(turn.askedAt).toISOString(), sending: readSending(store.read, turn.turn), items: sentFor(itemsByTurn.get(turn.turn)) })) };
  return { marking, turns: turns.length, files: [{ extension: 'md', text: toMarkdown(store, info.title, marking, turns, itemsByTurn) }, { extension: 'json', text: `${plainJson(JSON.stringify(json, null, 2))}\n` }] };
}

/** What was sent for a row: its words are in the export of the whole case, under the same id. */
function sentFacts(store: CaseStore, id: OpId): Readonly<Record<string, unknown>> {
  const { sending, at, model, endpoint, host, kind, version, rollUp, digest } = readBulkSending(store, id, bulkKinds);
  return { sending, at: new Date(at).toISOString(), model, endpoint, host, prompt: `${kind} version ${version}`, rollUp: rollUp.banner, digest };
}

/** Characters that Markdown reads as markup, and line ends, made plain; what is hidden written out. */
const plain = (text: string): string => writtenOut(text).replace(/[\\`*_{}[\]()#+!|<>~-]/g, '\\$&').replace(/\s*\n\s*/g, ' ');

function toMarkdown(store: CaseStore, title: string, marking: string, turns: readonly Turn[], itemsByTurn: ReadonlyMap<string, readonly ShownItem[]>): string {
  const parts = turns.map((turn) => turnMarkdown(store, turn, itemsByTurn.get(turn.turn)));
  return [marking, '', `# ${plain(title)}`, '', ...parts, marking, ''].join('\n');
}

function turnMarkdown(store: CaseStore, { turn, question, askedAt, answer, marking, review, after, prompt }: Turn, items: readonly ShownItem[] | undefined): string {
  const lines = [`## ${plain(question)}`, '', `Asked ${timeOf(askedAt)}. Turn ${turn}${after === null ? '' : `, after ${after}`}.`, ''];
  if (answer === null) return [...lines, 'It has no answer.', ''].join('\n');
  const edit = review?.edit ?? null;
  const own = marking ?? edit?.marking ?? answer.marking;
  const sending = readSending(store.read, turn);
  // The list that follows holds the quotes of an exhaustive answer.
  lines.push(...textMarkdown(answer.exhaustive === undefined || edit !== null ? edit ?? answer : { ...answer, citations: [] }));
  if (answer.exhaustive !== undefined) lines.push(...planLines(answer.exhaustive).map(plain), '', ...(items ?? []).map(itemMarkdown), '');
  const model = `${plain(answer.model.model ?? '')} at ${plain(answer.model.name)}`;
  const asked = prompt === null ? '' : `, prompt ${prompt}`;
  const writer = answer.exhaustive?.plan.kind === 'model' ? `Read document by document by a model, ${model}${asked}; counted by this program.` : answer.exhaustive !== undefined ? `Counted by this program: ${plain(answer.model.name)}.` : answer.model.kind === 'extractive' ? 'Quoted by the extractive reader, no model.' : `Written by a model: ${model}${sending === null ? '' : `, ${timeOf(sending.at)}, prompt version ${sending.promptVersion}, SHA-256 of what was sent ${sending.digest}`}.`;
  lines.push(`${own.portion} ${writer} ${reviewWords(review)} Ended ${answer.state}; marking ${marking === null ? 'is the roll-up, accepted by nobody' : `accepted by a person, roll-up ${(edit ?? answer).marking.banner}`}. ${answer.coverage.read} of ${answer.coverage.documents} documents read, ${answer.coverage.withoutText} without text.${answer.leansOn === undefined ? '' : ` Looked for with the words of ${answer.leansOn.map((earlier) => `turn ${earlier}`).join(', ')}.`}`, '');
  if (edit !== null) lines.push(`### As ${answer.model.kind === 'extractive' ? 'the extractive reader quoted' : `${model} wrote`} it`, '', ...textMarkdown(answer));
  return lines.join('\n');
}

/** One of what was found: its cells or its quote, and its place. */
function itemMarkdown({ number, title, path, citation, cells }: ShownItem): string {
  const said = cells.length > 0 ? plain(cells.map((cell) => `${cell.name} ${cell.text}`).join(' | ')) : citation === null ? plain(title) : `“${plain(citation.quote)}”`;
  return `${number}. ${citation === null ? '' : `${citation.portion} `}${said} ${plain(path)}${citation === null ? '' : `, characters ${citation.start} to ${citation.end}`}`;
}

const timeOf = (ms: number): string => new Date(ms).toISOString();

/** Where the text stands with people: raw, edited by whom, accepted by whom. */
function reviewWords(review: Turn['review']): string {
  if (review === null) return 'State raw.';
  const edited = review.edit === null ? '' : ` Edited by ${plain(review.edit.by)}, ${timeOf(review.edit.at)}: ${review.edit.sentences.filter(({ isEdited }) => isEdited).length} of ${review.edit.sentences.length} sentences are a person’s.`;
  const accepted = review.accepted === null ? ' Accepted by nobody.' : ` Accepted by ${plain(review.accepted.by)}, ${timeOf(review.accepted.at)}.`;
  return `State ${review.state}.${edited}${accepted}`;
}

/** Sentences with the numbers of their citations, and the citations with their places. */
function textMarkdown({ sentences, citations }: { readonly sentences: readonly (AnswerSentence & { readonly isEdited?: boolean })[]; readonly citations: readonly Citation[] }): string[] {
  const said = sentences.map((sentence) => `${plain(sentence.text)}${sentence.citations.map((number) => ` \\[${number}\\]`).join('')}${[sentence.support === 'supported' || sentence.isClaim === false ? [] : [sentence.support], sentence.isEdited === true ? ['a person’s words'] : []].flat().map((word) => ` (${word})`).join('')}`).join(' ');
  const listed = citations.map(({ number, quote, path, page, start, end, portion, check }) => `${number}. ${portion} “${plain(quote)}” ${plain(path)}${page === null ? '' : `, page ${page}`}, characters ${start} to ${end}, ${check}`);
  return [said || 'Nothing in what was asked supports an answer.', '', ...listed, ...(listed.length > 0 ? [''] : [])];
}
