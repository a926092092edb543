/**
 * Questions about everything in scope: how many, list all, is there any. A question is recognised by its form (classify-question.ts) and
 * becomes a plan (query-plan.ts for documents, ../tables for rows of tables); a person sees the plan before it runs. Counting is done by
 * us over every document of the scope, on a thread of its own, never by a model and never over a sample; what could not be looked at is
 * said with its reason. What needs reading is read document by document by a model through the bulk queue (run-model.ts), and merged by us
 * (merge-answers.ts): only what stands on a quote that is in the stored text counts.
 *
 * Decisions. A plan that leaves a word of its question out is not certain, and only a person runs it. What was found is kept as ops of
 * 200 items each (`turn.listed`) beside the answer, so that a long list costs nothing until a page of it is read. Documents with the same
 * bytes count once. A question that is stopped while its plan runs leaves nothing behind.
 */
export { createCounter, type Counter } from './counter.ts';
export { listTables, planQuestion, type PlanTools } from './plan-question.ts';
export { proposeTablePlan } from './propose-table-plan.ts';
export { planAnswer } from './plan-answer.ts';
export { readItems } from './list-items.ts';
export { planLines } from './statement.ts';
export { runModel } from './run-model.ts';
export { runPlan, type PlanFound } from './run-plan.ts';
