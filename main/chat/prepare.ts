/**
 * What a question would send to an endpoint, and whether it may. The same steps serve the preview and the send, so that what is shown
 * is what leaves. Nothing is kept or sent here.
 */
import type { EndpointId, Marking } from '../../preload/contract/domains/basics.ts';
import type { AllowedWay, PassageRef, Refusal, SendPreview, Sending } from '../../preload/contract/domains/chat.ts';
import { isAppError } from '../base/errors.ts';
import { canonicalJson } from '../base/json.ts';
import type { Pseudonyms } from '../entities/index.ts';
import { hostOf, isOutside, type ModelRequest, type Network } from '../models/index.ts';
import { clear, dominates, joinMarkings, viewMarking, type Cleared, type GuardRefusal, type Portion, type RefusedPortion, type Target } from '../policy/index.ts';
import { readContent, type CaseStore, type EndpointRow } from '../store/index.ts';
import { countedSizes, estimatedSizes, piecesToCount, type Arranged, type ContextSizes } from './context-sizes.ts';
import type { Passage } from './passages.ts';
import type { EarlierTurn } from './earlier-turns.ts';
import type { LeavingTexts, Look } from './leaving.ts';
import type { ModelRoom } from './model-room.ts';
import { packContext } from './pack-context.ts';
import { promptVersion, toRequest } from './prompt.ts';

/** How a person wants a question sent. */
export interface SendWishes {
  readonly questionMarking: Marking | null;
  readonly leaveOut: readonly PassageRef[];
  readonly replacePersonalData: boolean | null;
}

/** A request with everything that went into it and the guard's word on it. */
export interface Prepared {
  readonly request: ModelRequest;
  readonly passages: readonly Passage[];
  /** Passages found, of which `passages` fitted and were not left out. */
  readonly found: number;
  readonly portions: readonly Portion[];
  /** Where the passages stand, and the earlier turns that go along: what an answer will rest on. */
  readonly restsOn: Required<Pick<Sending, 'sources' | 'turns'>>;
  /** Whether what fits was counted by the model or estimated. */
  readonly tokens: NonNullable<Sending['tokens']>;
  /** Takes stand-ins back in an answer. */
  readonly pseudonyms: Pick<Pseudonyms, 'restore'>;
  /** Each stand-in that leaves, once, and what it stands for. */
  readonly replaced: Sending['replaced'];
  readonly outcome: { readonly kind: 'cleared'; readonly cleared: Cleared<ModelRequest> } | GuardRefusal;
  /** SHA-256 of the messages and of where they go, hex. */
  readonly digest: string;
}

/** What an endpoint may be sent. On this computer personal data is no kind of its own: it leaves nothing. */
export function targetOf({ name, profile }: EndpointRow): Target {
  return { name, ceiling: profile.ceiling, dataKinds: isOutside(profile) ? profile.dataKinds : [...profile.dataKinds, 'personal-data'] };
}

/** What a question is prepared from: passages best first, turns before it newest first, and the room at the endpoint. */
export interface Material {
  readonly found: readonly Passage[];
  readonly turns: readonly EarlierTurn[];
  readonly room: ModelRoom;
}

/** A question with its material, by the endpoint and the marks of one moment. */
export interface QuestionLook extends Look {
  readonly endpoint: EndpointRow;
  readonly target: Target;
  readonly material: Material;
  readonly titled: readonly { readonly passage: Passage; readonly hasTitle: boolean }[];
  readonly goingOn: readonly EarlierTurn[];
  readonly questionMarking: Marking | null;
}

/** What of a question's material an endpoint may be sent, before what fits is known. `texts` are the question, then each passage's title and text, then each turn's question and answer. */
export function lookAtQuestion(endpoint: EndpointRow, question: string, material: Material, wishes: SendWishes): QuestionLook {
  const { found, turns } = material;
  const left = new Set(wishes.leaveOut.map(({ document, start, end }) => `${document} ${start} ${end}`));
  const wanted = found.filter(({ document, start, end }) => !left.has(`${document.id} ${start} ${end}`));
  const target = targetOf(endpoint);
  // A title speaks of the whole document, whatever the passage is marked: where it may not go, the passage goes without it. So do turns.
  const titled = wanted.map((passage) => ({ passage, hasTitle: dominates(target.ceiling, passage.titleMarking) }));
  const goingOn = turns.filter(({ marking }) => dominates(target.ceiling, marking));
  const texts = [question, ...titled.flatMap(({ passage, hasTitle }) => [hasTitle ? passage.document.title : `Document ${passage.document.document}`, passage.text]), ...goingOn.flatMap((turn) => [turn.question, turn.answer])];
  return { texts, way: wishes.replacePersonalData ?? isOutside(endpoint.profile) ? 'replace' : 'tell', model: `${endpoint.id} ${endpoint.profile.model} ${endpoint.profile.contextTokens ?? ''}`, endpoint, target, material, titled, goingOn, questionMarking: wishes.questionMarking };
}

type ArrangedQuestion = Arranged<QuestionLook['titled'][number], Pick<EarlierTurn, 'turn' | 'marking'>>;

/** The texts of a look in their places, without the turns that may not go along. */
function arrange({ target, titled, goingOn }: QuestionLook, { leaving }: LeavingTexts): ArrangedQuestion {
  const [asked = { text: '', hasPersonalData: false }] = leaving;
  const said = goingOn.map(({ turn, marking }, index) => ({ turn, marking, question: leaving[1 + titled.length * 2 + index * 2] ?? asked, answer: leaving[2 + titled.length * 2 + index * 2] ?? asked }));
  return {
    asked, listed: titled.map((each, index) => ({ ...each, title: leaving[1 + index * 2] ?? asked, text: leaving[2 + index * 2] ?? asked })),
    // What was said before is not what was asked for: where its kind may not go it stays, and the question goes on its own.
    said: said.filter((turn) => ['questions', 'passages'].every((kind) => target.dataKinds.some((allowed) => allowed === kind)) && (target.dataKinds.includes('personal-data') || !(turn.question.hasPersonalData || turn.answer.hasPersonalData))),
  };
}

/** Everything that goes out, for the guard. */
function portionsOf({ asked, listed, said }: ArrangedQuestion, questionMarking: Marking | null): Portion[] {
  return [
    ...listed.map(({ passage, hasTitle, title, text }): Portion => ({
      document: passage.document.id, start: passage.start, end: passage.end, label: `document ${passage.document.document}`, kind: 'passages',
      marking: hasTitle ? joinMarkings(passage.marking, passage.titleMarking) : passage.marking, isWaiting: passage.isWaiting, hasPersonalData: title.hasPersonalData || text.hasPersonalData,
    })),
    ...said.map((turn): Portion => ({ document: null, label: 'what was said before', kind: 'passages', marking: turn.marking, hasPersonalData: turn.question.hasPersonalData || turn.answer.hasPersonalData })),
    { document: null, label: 'your question', kind: 'questions', marking: questionMarking, hasPersonalData: asked.hasPersonalData },
  ];
}

/** The tokens of everything that could go, as a model on this computer counts them; null where it cannot, or may not see all of it. Nothing of it is kept anywhere. Rejects with the signal's reason. */
export async function countMaterial(store: CaseStore, network: Pick<Network, 'clientFor'>, looked: QuestionLook, leaving: LeavingTexts, signal: AbortSignal): Promise<ContextSizes | null> {
  const { endpoint, target, questionMarking } = looked;
  if (isOutside(endpoint.profile)) return null; // counting there would be a sending
  const arranged = arrange(looked, leaving);
  const outcome = clear({ payload: { texts: piecesToCount(arranged) }, portions: portionsOf(arranged, questionMarking), systemHigh: store.marking }, target);
  const counts = outcome.kind === 'cleared' ? await network.clientFor(endpoint).count(outcome.cleared, signal) : null;
  return counts === null ? null : countedSizes(arranged, counts);
}

/**
 * Makes the request, as much of the material as fits, and asks the guard. `leaving` are the texts of the look, `counted` what the model counted of
 * them, null to go by an estimate. Throws endpoint.context-too-long when the question alone does not fit.
 */
export function prepare(store: CaseStore, looked: QuestionLook, leaving: LeavingTexts, counted: ContextSizes | null): Prepared {
  const { endpoint, target, material: { found, room }, questionMarking } = looked;
  const { pseudonyms, replaced } = leaving;
  const arranged = arrange(looked, leaving);
  const { asked } = arranged;
  const packed = packContext({ limitTokens: room.limitTokens, answerTokens: room.answerTokens, ...(counted ?? estimatedSizes(arranged)) }, endpoint.name);
  const given = packed.passages.slice(0, room.mostPassages).flatMap((index) => arranged.listed[index] ?? []).map((each, index) => ({ ...each, passage: { ...each.passage, number: index + 1 } }));
  const before = arranged.said.slice(0, packed.turns).toReversed();
  const portions = portionsOf({ asked, listed: given, said: before }, questionMarking);
  const passages = given.map(({ passage }) => passage);
  const request = toRequest(asked.text, given.map(({ passage, title, text }) => ({ number: passage.number, title: title.text, text: text.text })), room.answerTokens, before.map((turn) => ({ question: turn.question.text, answer: turn.answer.text })));
  return {
    request, passages, found: found.length, portions,
    restsOn: {
      sources: given.map(({ passage: { document, start, end }, hasTitle }) => ({ document: document.id, start, end, textVersion: document.content === null ? null : readContent(store.read, document.content).textVersion, hasTitle })),
      turns: before.map(({ turn }) => turn),
    },
    tokens: counted === null ? 'estimated' : 'counted', pseudonyms, replaced: stillThere(replaced, request),
    outcome: clear({ payload: request, portions, systemHigh: store.marking }, target),
    digest: store.crypto.sha256(Buffer.from(canonicalJson({ endpoint: endpoint.id, host: hostOf(endpoint.profile), model: endpoint.profile.model, system: request.system, messages: request.messages.map(({ role, text }) => ({ role, text })) }))).toString('hex'),
  };
}

/** As `prepare`, by what the model counted; but what was shown while it could not count is sent as it was shown: `approved` is its digest. */
export function prepareAsShown(store: CaseStore, looked: QuestionLook, leaving: LeavingTexts, counted: ContextSizes | null, approved: string | null): Prepared {
  const made = prepare(store, looked, leaving, counted);
  if (counted === null || approved === null || made.digest === approved) return made;
  try {
    const estimated = prepare(store, looked, leaving, null);
    return estimated.digest === approved ? estimated : made;
  } catch (error) {
    if (isAppError(error, 'endpoint.context-too-long')) return made;
    throw error;
  }
}

/** The stand-ins that are in what leaves: those of passages that did not fit are not. */
function stillThere(replaced: Sending['replaced'], { messages }: ModelRequest): Sending['replaced'] {
  return replaced.filter(({ standIn }) => messages.some(({ text }) => text.includes(standIn)));
}

/** The ways on after a refusal, nearest to what was wanted first. */
function waysOn(store: CaseStore, endpoint: EndpointRow, prepared: Prepared, refused: readonly RefusedPortion[], others: readonly EndpointRow[]): AllowedWay[] {
  const { passages, portions, request } = prepared;
  const keys = new Set(refused.filter(({ kind }) => kind === 'passages').map(({ document, start }) => `${document ?? ''} ${start ?? ''}`));
  const above = passages.filter(({ document, start }) => keys.has(`${document.id} ${start}`));
  const ways: AllowedWay[] = [];
  const isQuestionRefused = refused.some(({ kind }) => kind === 'questions');
  const waiting = refused.flatMap(({ isWaiting, document, label }) => (isWaiting === true && document !== null ? [{ document, label }] : []))[0];
  if (refused.some(({ why }) => why === 'personal-data')) ways.push({ kind: 'replace-personal-data', text: 'The same, with personal data replaced by stand-ins' });
  if (!isQuestionRefused && above.length > 0 && above.length < passages.length) {
    ways.push({ kind: 'leave-out', text: `The other ${passages.length - above.length} of ${passages.length} passages`, passages: above.map(({ document, start, end }) => ({ document: document.id, start, end })) });
  }
  if (waiting !== undefined) ways.push({ kind: 'settle-marks', text: `A mark stands in the text of ${waiting.label}: accept or dismiss it`, document: waiting.document });
  if (isQuestionRefused && portions.at(-1)?.marking === null) ways.push({ kind: 'mark-question', text: `Your question has no marking and counts as its case, ${store.marking}: mark it` });
  for (const other of others) {
    if (other.id === endpoint.id) continue;
    if (clear({ payload: request, portions, systemHigh: store.marking }, targetOf(other)).kind === 'cleared') ways.push({ kind: 'endpoint', text: `${other.name}, up to ${other.profile.ceiling}`, endpoint: other.id satisfies EndpointId });
  }
  return [...ways, { kind: 'reader', text: 'The extractive reader, on this laptop' }];
}

/** A refusal as it is shown. `record` is its number in the audit trail. */
export function describeRefusal(store: CaseStore, endpoint: EndpointRow, prepared: Prepared, refusal: GuardRefusal, others: readonly EndpointRow[], record: number | null): Refusal {
  const [first] = refusal.portions;
  return {
    endpoint: endpoint.name,
    ceiling: endpoint.profile.ceiling,
    rule: refusal.rule,
    portion: { document: first.document, start: first.start ?? null, end: first.end ?? null, label: first.label, marking: first.marking, portionMark: viewMarking(first.marking).portion, isWaiting: first.isWaiting ?? false },
    portions: prepared.portions.length,
    refused: refusal.portions.length,
    allowed: waysOn(store, endpoint, prepared, refusal.portions, others),
    record,
  };
}

/** What leaves, as it is kept with its question. */
export function describeSending(store: CaseStore, { name, profile }: EndpointRow, prepared: Prepared, cleared: Cleared<ModelRequest>): Sending {
  return { at: store.clock.nowMs(), endpoint: name, host: hostOf(profile), model: profile.model, promptVersion, rollUp: viewMarking(cleared.rollUp), ...wordForWord(prepared), digest: prepared.digest, tokens: prepared.tokens, ...prepared.restsOn };
}

/** The messages in the order of sending, the program's own instruction first, and what stands in for personal data. */
function wordForWord({ request, replaced }: Prepared): Pick<Sending, 'messages' | 'replaced'> {
  return {
    messages: [{ role: 'system', text: request.system }, ...request.messages.map(({ role, text }) => ({ role, text }))],
    replaced,
  };
}

/** What would leave, word for word, with the guard's word on it. */
export function previewSend(store: CaseStore, endpoint: EndpointRow, prepared: Prepared, others: readonly EndpointRow[]): SendPreview {
  const { outcome, portions, passages, digest } = prepared;
  return {
    endpoint: endpoint.name,
    host: hostOf(endpoint.profile),
    isOutside: isOutside(endpoint.profile),
    promptLogging: endpoint.profile.promptLogging,
    ceiling: viewMarking(endpoint.profile.ceiling),
    rollUp: viewMarking(outcome.kind === 'cleared' ? outcome.cleared.rollUp : outcome.rollUp),
    ...wordForWord(prepared),
    portions: portions.map((portion, index) => ({
      document: portion.document, documentNumber: passages[index]?.document.document ?? null, label: portion.label, marking: viewMarking(portion.marking ?? store.marking),
      isWaiting: portion.isWaiting ?? false, start: portion.start ?? null, end: portion.end ?? null,
    })),
    digest,
    refusal: outcome.kind === 'refused' ? describeRefusal(store, endpoint, prepared, outcome, others, null) : null,
  };
}
