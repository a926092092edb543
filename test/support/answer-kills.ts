/** Killing an engine while a model writes, and looking at what is left of the question, of the answer, and of the person's word on earlier ones. */
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { CaseId, ConversationId, TurnId } from '../../preload/contract/domains/basics.ts';
import type { Turn } from '../../preload/contract/domains/chat.ts';
import type { AskingOrder, FromAsking } from './answer-kill-victim.ts';
import { addCase, createdEngine, ingested, lockedEngine, testPassphrase, type TestEngine } from './engines.ts';
import { finishFrame, frames, startModelServer, textFrame, type ModelServer } from './model-servers/model-server.ts';
import { seededRandom } from './random.ts';

/** What the model writes, every time. */
const words = 'The pier lamp is kept dry [1]. It is lit at dusk by the harbour watch [1]. Nobody has moved it since the spring of last year [1].'.split(/(?<= )/);
const wordMs = 12;

export interface AnswerKill {
  readonly kill: number;
  /** Where it died: before the question was kept, while the model wrote, or after. */
  readonly at: 'before' | 'writing' | 'after';
  readonly faults: readonly string[];
}

/** What the processes said over all their lives. */
interface Heard {
  readonly tried: Set<string>;
  readonly kept: Map<TurnId, string>;
  readonly answered: Map<TurnId, string>;
  readonly accepted: Set<TurnId>;
  conversation: ConversationId | null;
}

function slowServer(): Promise<ModelServer> {
  return startModelServer((response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    const write = (at: number): void => {
      if (response.destroyed) return;
      const word = words[at];
      if (word === undefined) return void response.end(`${frames(finishFrame('stop'))}data: [DONE]\n\n`);
      response.write(frames(textFrame(word)));
      setTimeout(() => write(at + 1), wordMs);
    };
    write(0);
  });
}

/** One life: asks until it is killed, `afterMs` after the moment that is waited for. */
async function liveAndDie(order: AskingOrder, heard: Heard, moment: 'ready' | 'kept' | 'wrote' | 'answered', afterMs: number): Promise<{ readonly at: AnswerKill['at']; readonly faults: string[] }> {
  const child = fork(fileURLToPath(new URL('answer-kill-victim.ts', import.meta.url)), [JSON.stringify(order)], { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const faults: string[] = [];
  const gone = new Promise<void>((resolve) => { child.once('exit', () => resolve()); });
  let at: AnswerKill['at'] = 'before';
  const reached = new Promise<void>((resolve) => {
    child.on('message', (message) => {
      const told = message as FromAsking; // our own program
      if (told.t === 'failed') faults.push(`the process failed: ${told.message}`);
      if (told.t === 'tries') {
        heard.tried.add(told.question);
        at = 'before';
      }
      if (told.t === 'kept') {
        heard.kept.set(told.turn, told.question);
        heard.conversation = told.conversation;
        at = 'writing';
      }
      if (told.t === 'answered') {
        heard.answered.set(told.turn, told.text);
        at = 'after';
      }
      if (told.t === 'accepted') heard.accepted.add(told.turn);
      if (told.t === 'failed' || told.t === moment || (moment === 'ready' && told.t === 'tries')) resolve();
    });
  });
  await Promise.race([reached, gone]);
  await wait(afterMs);
  child.kill('SIGKILL');
  await gone;
  return { at, faults };
}

function faultsOfTurns(turns: readonly Turn[], heard: Heard, whole: string): string[] {
  const faults: string[] = [];
  const byId = new Map(turns.map((turn) => [turn.turn, turn]));
  for (const [id, question] of heard.kept) if (byId.get(id)?.question !== question) faults.push(`the question of turn ${id} is lost`);
  for (const [id, text] of heard.answered) {
    const answer = byId.get(id)?.answer;
    if (answer?.state !== 'answered' || answer.sentences.map((sentence) => sentence.text).join(' ') !== text) faults.push(`the answer of turn ${id} is lost`);
  }
  for (const id of heard.accepted) if (byId.get(id)?.review?.state !== 'accepted') faults.push(`the acceptance of turn ${id} is lost`);
  for (const turn of turns) {
    if (!heard.tried.has(turn.question)) faults.push(`turn ${turn.turn} asks what nobody asked`);
    // Kept and not told: that is no fault. Half of it, called whole, would be.
    if (turn.answer?.state === 'answered' && turn.answer.sentences.map((sentence) => sentence.text).join(' ') !== whole) faults.push(`half an answer of turn ${turn.turn} is called complete`);
    if (turn.review?.state === 'accepted' && turn.answer === null) faults.push(`turn ${turn.turn} is accepted without an answer`);
  }
  if (new Set(turns.map(({ question }) => question)).size !== turns.length) faults.push('a question was asked twice');
  return faults;
}

/** Opens the vault after a kill, lets it stand open a while, and looks at everything. */
async function faultsAfter(vaultFolder: string, caseId: CaseId, heard: Heard, server: ModelServer, whole: string): Promise<string[]> {
  const engine: TestEngine = lockedEngine(vaultFolder);
  try {
    await engine.call('vault.unlock', { with: 'passphrase', secret: Buffer.from(testPassphrase) });
    const requests = server.requests.length;
    await engine.call('cases.open', { case: caseId });
    const faults = (await engine.call('vault.verify', {})).problems.map(({ code, where }) => `${code}: ${where}`);
    const { conversations } = await engine.call('chat.conversations', { case: caseId });
    const turns: Turn[] = [];
    for (const { conversation } of conversations) turns.push(...(await engine.call('chat.turns', { case: caseId, conversation })).turns);
    faults.push(...faultsOfTurns(turns, heard, whole));
    for (const { turn } of turns) if ((await engine.call('chat.sending', { case: caseId, turn })).sending === null) faults.push(`what turn ${turn} sent is lost`);
    await wait(50);
    if (server.requests.length !== requests) faults.push('a question was sent again by itself');
    return faults;
  } finally {
    await engine.close();
  }
}

/** Kills engines at random moments of asking, one after another, over one vault. */
export async function runAnswerKills(kills: number, seed: number, onKill: (kill: AnswerKill) => void = () => undefined): Promise<AnswerKill[]> {
  const random = seededRandom(seed);
  const place = mkdtempSync(join(tmpdir(), 'redoubt-answer-kill-'));
  const server = await slowServer();
  const outcomes: AnswerKill[] = [];
  try {
    const vaultFolder = join(place, 'vault');
    const dump = join(place, 'dump');
    mkdirSync(dump);
    writeFileSync(join(dump, 'a.txt'), 'The pier lamp is kept dry. It is lit at dusk by the harbour watch. Nobody has moved it since the spring of last year.');
    const engine = await createdEngine(vaultFolder);
    const caseId = await addCase(engine, 'Harbour');
    await ingested(engine, caseId, [dump], 1);
    const { endpoint } = await engine.call('endpoints.add', { name: 'Slow', dialect: 'openai-chat', baseUrl: server.baseUrl, model: 'slow-1', ceiling: 'SECRET//NOFORN' });
    await engine.close();
    const heard: Heard = { tried: new Set(), kept: new Map(), answered: new Map(), accepted: new Set(), conversation: null };
    const whole = words.join('').replaceAll(' [1]', '');
    for (let kill = 0; kill < kills; kill += 1) {
      const asked = server.requests.length;
      const tried = heard.tried.size;
      const moment = random.pick(['ready', 'kept', 'wrote', 'wrote', 'answered'] as const);
      const life = await liveAndDie({ vaultFolder, case: caseId, endpoint, conversation: random.next() < 0.5 ? heard.conversation : null, question: `Where is the pier lamp kept, asks life ${kill}?` }, heard, moment, random.between(0, moment === 'wrote' ? words.length * wordMs : 60));
      const faults = [...life.faults];
      if (server.requests.length - asked > heard.tried.size - tried) faults.push('more was sent than was asked');
      faults.push(...await faultsAfter(vaultFolder, caseId, heard, server, whole));
      const outcome: AnswerKill = { kill, at: life.at, faults };
      outcomes.push(outcome);
      onKill(outcome);
    }
  } finally {
    await server.close();
    rmSync(place, { recursive: true, force: true });
  }
  return outcomes;
}
