import { resolve } from 'node:path';
import type { ModelInfo } from '../../../preload/contract/domains/models.ts';
import { stringOption, UsageError, writeJson } from '../options.ts';
import { exitCodes, type Verb } from '../verb.ts';

/** Shown on a line of its own. */
function described({ name, kind, architecture, sizeBytes, contextTokens, sha256 }: ModelInfo): string {
  return `${name}  ${kind}  ${architecture}  ${(sizeBytes / 1e6).toFixed(1)} MB  ${contextTokens} tokens  ${sha256}\n`;
}

/** Copies a model file into the vault and checks it. */
export const modelAdd: Verb = {
  name: 'model add',
  usage: 'FILE.gguf --vault DIR [--name NAME]',
  summary: 'Copy a model file into the vault and check that it loads. An endpoint with "dialect": "embedded", "baseUrl": "" and the name as "model" runs it.',
  options: { name: { type: 'string' } },
  words: [1, 1],
  run: async ({ words: [file = ''], options, session, io, json }) => {
    const name = stringOption(options, 'name');
    if (name !== null && name.trim() === '') throw new UsageError('--name is empty');
    await session.unlock();
    const info = await session.call('models.add', { path: resolve(file), name }, ({ phase, done, total }) => io.err(`${phase} ${Math.floor((done / Math.max(1, total)) * 100)} %\r`));
    if (json) writeJson(io, info);
    else io.out(described(info));
    return exitCodes.done;
  },
};

/** Lists the model files of a vault, one a line. */
export const modelList: Verb = {
  name: 'model list',
  usage: '--vault DIR',
  summary: 'List the model files of a vault.',
  options: {},
  words: [0, 0],
  run: async ({ session, io, json }) => {
    await session.unlock();
    const { models } = await session.call('models.list', {});
    for (const info of models) {
      if (json) writeJson(io, info);
      else io.out(described(info));
    }
    return exitCodes.done;
  },
};
