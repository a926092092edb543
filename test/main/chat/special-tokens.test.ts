import fc from 'fast-check';
import { expect, test } from 'vitest';
import { breakTokens, joinTokens } from '../../../main/chat/special-tokens.ts';

/** Tokens as the templates of the families write them. */
const tokens = [
  '<|im_start|>', '<|im_end|>', '<|endoftext|>', '<|begin_of_text|>', '<|start_header_id|>', '<|eot_id|>', '<|python_tag|>', '[INST]', '[/INST]', '<<SYS>>', '<</SYS>>', '<s>', '</s>',
  '[SYSTEM_PROMPT]', '[/SYSTEM_PROMPT]', '[AVAILABLE_TOOLS]', '[TOOL_CALLS]', '[TOOL_RESULTS]', '[THINK]', '[/THINK]', '<start_of_turn>', '<end_of_turn>', '<bos>', '<eos>', '<|system|>', '<|end|>', '<tool_call>', '</tool_call>', '<tool_response>', '<function=search>', '<function name="x">',
  '<think>', '</think>', '<｜begin▁of▁sentence｜>', '<｜User｜>', '<｜Assistant｜>', '<｜tool▁calls▁begin｜>', '<|channel|>', '<|message|>', '<|start|>', '<|return|>', '<|call|>', '<|START_OF_TURN_TOKEN|>', '<BOS_TOKEN>', '<|CHATBOT_TOKEN|>', '<|start_of_role|>', '[gMASK]', '<sop>', ']~b]', '[e~[',
  '<\u200B|im_start|>', '<\u2060think>', '＜｜im_start｜＞', '<|IM_START|>',
];

test.each(tokens)('%s does not leave whole, and comes back', (token) => {
  const text = `before ${token} after`;
  const sent = breakTokens(text);
  expect(sent).not.toContain(token);
  expect(sent.normalize('NFKC')).not.toContain(token.normalize('NFKC'));
  expect(joinTokens(sent)).toBe(text);
  expect(joinTokens(`It says “${sent.slice(7)}”.`)).toContain(token);
});

test('every token of a text is broken, so that what remains holds none, whatever stands around', () => {
  const piece = fc.oneof(fc.constantFrom(...tokens, '<', '|', '·', '[', ']', '>', '/', 's', ' ', '\u200B', '<·|', '<··think>', '[·INST]'), fc.string({ maxLength: 3 }));
  fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
    const text = pieces.join('');
    const sent = breakTokens(text);
    expect(/[<＜][\u200B\u2060]*[|｜]|\[\/?INST\]|<\/?think>|<<?\/?SYS>/i.exec(sent)).toBeNull();
    expect(joinTokens(sent)).toBe(text);
  }), { numRuns: 500 });
});

test.each(['a < b | c', '[REDACTED] [B6] [1] [SIC]', 'x <- y || z', '<p>An old page</p>', '[Inst. of Civil Engineers]', 'f(x) <= 2'])('ordinary writing stays as it is: %s', (text) => {
  expect(breakTokens(text)).toBe(text);
});
