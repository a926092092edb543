/** A conversation as it is handed on: Markdown for people, JSON for programs. What a model wrote says so, and every citation its place. */
import type { ConversationId } from '../../preload/contract/domains/basics.ts';
import type { Turn } from '../../preload/contract/domains/chat.ts';
import { joinMarkings, viewMarking } from '../policy/index.ts';
import { listOps, readSending, type CaseStore } from '../store/index.ts';
import { readTurns } from './conversations.ts';

/** A file of the export: its name's ending and its text. */
export interface ConversationFile {
  readonly extension: 'md' | 'json';
  readonly text: string;
}

/** Both forms. Their marking is that of everything in them: questions, what was sent, answers, quotes. Throws case.unknown-conversation. */
export function exportConversation(store: CaseStore, id: ConversationId): { readonly marking: string; readonly turns: number; readonly files: readonly ConversationFile[] } {
  const { info, turns } = readTurns(store, id);
  const markings = turns.flatMap(({ turn }) => listOps(store.read, `turn:${turn}`).flatMap((op) => (op.marking === null ? [] : [op.marking])));
  const marking = viewMarking(markings.reduce((sum, own) => joinMarkings(sum, own), info.marking.marking)).banner;
  const json = { format: 'redoubt-conversation', version: 1, conversation: id, title: info.title, marking, exportedAt: new Date(store.clock.nowMs()).toISOString(), turns: turns.map((turn) => ({ ...turn, askedAt: new Date(turn.askedAt).toISOString(), sending: readSending(store.read, turn.turn) })) };
  return { marking, turns: turns.length, files: [{ extension: 'md', text: toMarkdown(store, info.title, marking, turns) }, { extension: 'json', text: `${JSON.stringify(json, null, 2)}\n` }] };
}

/** Characters that Markdown reads as markup, and line ends, made plain. */
const plain = (text: string): string => text.replace(/[\\`*_{}[\]()#+!|<>~-]/g, '\\$&').replace(/\s*\n\s*/g, ' ');

function toMarkdown(store: CaseStore, title: string, marking: string, turns: readonly Turn[]): string {
  const parts = turns.map((turn) => turnMarkdown(store, turn));
  return [marking, '', `# ${plain(title)}`, '', ...parts, marking, ''].join('\n');
}

function turnMarkdown(store: CaseStore, { turn, question, askedAt, answer, marking, after }: Turn): string {
  const lines = [`## ${plain(question)}`, '', `Asked ${new Date(askedAt).toISOString()}. Turn ${turn}${after === null ? '' : `, after ${after}`}.`, ''];
  if (answer === null) return [...lines, 'It has no answer.', ''].join('\n');
  const own = marking ?? answer.marking;
  const sending = readSending(store.read, turn);
  lines.push(answer.sentences.map((sentence) => `${plain(sentence.text)}${sentence.citations.map((number) => ` \\[${number}\\]`).join('')}${sentence.support === 'supported' ? '' : ` (${sentence.support})`}`).join(' ') || 'Nothing in what was asked supports an answer.', '');
  for (const { number, quote, path, page, start, end, portion, check } of answer.citations) lines.push(`${number}. ${portion} “${plain(quote)}” ${plain(path)}${page === null ? '' : `, page ${page}`}, characters ${start} to ${end}, ${check}`);
  if (answer.citations.length > 0) lines.push('');
  const writer = answer.model.kind === 'extractive' ? 'Quoted by the extractive reader, no model.' : `Written by a model: ${plain(answer.model.model ?? '')} at ${plain(answer.model.name)}${sending === null ? '' : `, ${new Date(sending.at).toISOString()}, prompt version ${sending.promptVersion}, SHA-256 of what was sent ${sending.digest}`}.`;
  lines.push(`${own.portion} ${writer} State ${answer.state}; marking ${marking === null ? 'is the roll-up, accepted by nobody' : `accepted by a person, roll-up ${answer.marking.banner}`}. ${answer.coverage.read} of ${answer.coverage.documents} documents read, ${answer.coverage.withoutText} without text.`, '');
  return lines.join('\n');
}
