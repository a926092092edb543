/** Random conversations as the ops that people, their programs and models leave: branches, answers, edits, acceptances, markings, by several people apart. */
import fc from 'fast-check';
import type { OpId } from '../../preload/contract/domains/basics.ts';
import { answer as answerSchema, type Answer, type Sending } from '../../preload/contract/domains/chat.ts';
import { toMarking, viewMarking } from '../../main/policy/index.ts';
import type { Op, OpKind, OpValue } from '../../main/store/index.ts';

/** One thing that is done, by numbers that are read modulo what there is. */
const act = fc.record({
  does: fc.constantFrom('begin', 'ask', 'ask', 'answer', 'answer', 'rename', 'mark', 'edit', 'back', 'accept', 'take back'),
  who: fc.nat(2), which: fc.nat(20), after: fc.option(fc.nat(20), { nil: null }), words: fc.string({ maxLength: 12 }),
  /** Whether it was done without having seen what others did to the same thing. */
  isApart: fc.boolean(),
});

const u = viewMarking(toMarking('UNCLASSIFIED'));
const idOf = (kind: string, number: number): string => `${kind}${number.toString(16).padStart(32 - kind.length, '0')}`;

/** An answer of a model, or of the extractive reader for an even number. */
export function answerOf(number: number, words: string): Answer {
  return answerSchema.parse({
    state: number % 5 === 0 ? 'cut' : 'answered', sentences: [{ text: `${words}.`, support: 'uncited', citations: [] }], citations: [], coverage: { documents: 1, read: 1, withoutText: 0, passages: 1 },
    model: number % 2 === 0 ? { kind: 'extractive', name: 'Extractive reader', model: null } : { kind: 'endpoint', name: 'Office', model: 'small-1' }, marking: u, tookMs: 1, fault: null,
  });
}

function sendingOf(at: number): Sending {
  return { at, endpoint: 'Office', host: '127.0.0.1', model: 'small-1', promptVersion: 2, rollUp: u, messages: [{ role: 'user', text: 'x' }], replaced: [], digest: '0'.repeat(64) };
}

/** The ops of the acts, in the order in which they were made. */
function opsOf(acts: readonly (typeof act extends fc.Arbitrary<infer A> ? A : never)[]): Op[] {
  const ops: Op[] = [];
  const conversations: string[] = [];
  const turns: { readonly id: string; readonly conversation: string }[] = [];
  const add = <K extends OpKind>(kind: K, entity: string, value: OpValue<K>, { who, isApart }: { readonly who: number; readonly isApart: boolean }): Op => {
    const same = ops.filter((op) => op.entity === entity && op.kind === kind);
    const replaced = new Set(same.flatMap(({ preds }) => preds));
    const heads = same.filter(({ id, actor }) => !replaced.has(id) && (!isApart || actor === idOf('a', who)));
    const op: Op = { id: idOf('0', ops.length + 1) as OpId, actor: idOf('a', who), device: idOf('d', who), hlc: { ms: 1000 + Math.floor(ops.length / 2), n: ops.length }, entity, kind, value, preds: heads.map(({ id }) => id), marking: null, undoes: null };
    ops.push(op);
    return op;
  };
  for (const step of acts) {
    const turn = turns[step.which % Math.max(1, turns.length)];
    const entity = `turn:${turn?.id ?? ''}`;
    const answered = ops.find((op) => op.entity === entity && op.kind === 'turn.answered');
    const texts = ops.filter((op) => op.entity === entity && (op.kind === 'turn.answered' || op.kind === 'turn.edited'));
    const seen = texts.at(-1 - (step.isApart ? 1 : 0)) ?? texts.at(-1);
    if (step.does === 'begin' || conversations.length === 0) {
      conversations.push(idOf('c', conversations.length + 1));
      add('conversation.named', `conversation:${conversations.at(-1) ?? ''}`, { title: step.words }, step);
    } else if (step.does === 'ask') {
      const conversation = conversations[step.which % conversations.length] ?? '';
      const siblings = turns.filter((one) => one.conversation === conversation);
      const after = step.after === null ? null : siblings[step.after % Math.max(1, siblings.length)]?.id ?? null;
      const id = idOf('7', turns.length + 1);
      turns.push({ id, conversation });
      add('turn.asked', `turn:${id}`, { conversation, question: step.words, endpoint: null, scope: { kind: 'case' }, after }, step);
    } else if (step.does === 'rename') add('conversation.named', `conversation:${conversations[step.which % conversations.length] ?? ''}`, { title: step.words }, step);
    else if (turn !== undefined && step.does === 'answer' && answered === undefined) {
      if (turns.indexOf(turn) % 2 === 1) add('turn.sent', entity, sendingOf(1000), step);
      add('turn.answered', entity, { conversation: turn.conversation, answer: answerOf(turns.indexOf(turn), step.words) }, step);
    } else if (turn !== undefined && answered !== undefined && seen !== undefined) {
      if (step.does === 'mark') add('turn.marked', entity, { marking: step.after === null ? null : toMarking('SECRET'), reason: 'r' }, step);
      if (step.does === 'edit') add('turn.edited', entity, { of: seen.id, edit: { sentences: [{ text: step.words, support: 'unsupported', citations: [], missing: null, nearest: null, isEdited: true }], citations: [], marking: u } }, step);
      if (step.does === 'back') add('turn.edited', entity, { of: seen.id, edit: null }, step);
      if (step.does === 'accept') add('turn.accepted', entity, { of: seen.id }, step);
      if (step.does === 'take back') add('turn.accepted', entity, { of: null }, step);
    }
  }
  return ops;
}

/** Ops of random conversations, and the same in another order. */
export const anyConversation: fc.Arbitrary<{ readonly ops: readonly Op[]; readonly shuffled: readonly Op[] }> = fc.array(act, { maxLength: 30 }).chain((acts) => {
  const ops = opsOf(acts);
  return fc.shuffledSubarray(ops, { minLength: ops.length, maxLength: ops.length }).map((shuffled) => ({ ops, shuffled }));
});
