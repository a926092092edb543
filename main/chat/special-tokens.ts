/**
 * Special tokens of chat templates in texts that are data. A server that makes tokens of the whole prompt would read them as its own: the
 * end of a turn, another role, a call of a tool. They are broken up by a visible sign before they leave, and put together again in what a
 * model quotes. One to one: a text that holds broken tokens itself gets them back as it has them. Pure.
 *
 * The forms are those that the templates of these families publish: ChatML, Llama 2 and 3, Mistral (all versions of its tokenizer), Gemma,
 * Phi, Qwen, DeepSeek (full-width bars), gpt-oss (harmony), Command R, Granite, and the marks of thinking and of tools that many share.
 */

/** Stands behind the first character of a broken token: visible to people and models, and the same in every Unicode normal form. */
const sign = '·';

const hidden = '[\\u00AD\\u180E\\u200B-\\u200F\\u2060-\\u2064\\uFE00-\\uFE0F\\uFEFF]*';
/** `<|`, also with full-width signs: no other text of a template begins so, and all of its tokens that have bars do. */
const barred = `[<＜﹤](?=${sign}*${hidden}[|｜])`;
const marks = [
  's', 'bos', 'eos', 'pad', 'unk', 'mask', 'sep', 'cls', 'BOS_TOKEN', 'EOS_TOKEN', 'PAD_TOKEN', 'UNK_TOKEN', 'MASK_TOKEN', 'EOP_TOKEN',
  'start_of_turn', 'end_of_turn', 'start_of_image', 'end_of_image', 'image_soft_token', 'start_function_call', 'end_function_call', 'start_function_response', 'end_function_response', 'start_function_declaration', 'end_function_declaration', 'escape', 'unused\\d+',
  'think', 'thinking', 'thought', 'reasoning', 'reflection', 'scratchpad', 'tool_call', 'tool_calls', 'tool_response', 'tool_result', 'tool_results', 'tool_use', 'tools', 'function', 'function_call', 'function_calls', 'function_results', 'invoke', 'parameter', 'antml:\\w+',
  'SYS', 'SYSTEM', 'sop', 'eop', 'seed:\\w+', 'fim_prefix', 'fim_suffix', 'fim_middle', 'extra_id_\\d+', 'sentinel',
];
/** `<think>`, `</tool_call>`, `<function=search>`, `<<SYS>>`. */
const angled = `[<＜﹤](?=${sign}*${hidden}/?(?:${marks.join('|')})[\\s=>＞﹥/])`;
const boxes = [
  'INST', 'SYSTEM_PROMPT', 'AVAILABLE_TOOLS', 'TOOL_CALLS', 'TOOL_RESULTS', 'TOOL_CONTENT', 'ARGS', 'CALL_ID', 'THINK', 'MODEL_SETTINGS', 'PREFIX', 'SUFFIX', 'MIDDLE', 'IMG', 'IMG_BREAK', 'IMG_END', 'AUDIO', 'BEGIN_AUDIO', 'TRANSCRIBE', 'REF', 'SYSTEM', 'CONTROL_\\d+',
  'gMASK', 'sMASK', 'MASK', 'CLS', 'SEP', 'PAD', 'UNK', 'BOS', 'EOS', 'UNUSED_TOKEN_\\d+',
];
const boxed = `\\[(?=${sign}*${hidden}/?(?:${boxes.join('|')})\\])`;
/** What MiniMax begins and ends turns with: `]~b]`, `]~!b[`, `[e~[`. */
const tilded = `\\](?=${sign}*~!?b[\\[\\]])|\\[(?=${sign}*e~\\[)`;
const opening = `(?:${barred}|${angled}|${boxed}|${tilded})`;

const openings = new RegExp(opening, 'giu');
/** The same once broken: only what `breakTokens` made, or what stood in the text as though it had. */
const broken = new RegExp(`${opening}${sign}`, 'giu');

/** A text in which no special token of a known template stands whole. */
export function breakTokens(text: string): string {
  return text.replace(openings, (first) => `${first}${sign}`);
}

/** Undoes breakTokens, also in a part of a text that holds the token whole. */
export function joinTokens(text: string): string {
  return text.replace(broken, (first) => first.slice(0, -sign.length));
}
