import { hostname, userInfo } from 'node:os';
import { basename, resolve } from 'node:path';
import { readNewPassphrase } from '../passphrase.ts';
import { needOption, stringOption, writeJson } from '../options.ts';
import { readMarkingOption } from '../marking-option.ts';
import { exitCodes, type Verb } from '../verb.ts';

/** Makes a vault; the recovery code is printed once. */
export const vaultCreate: Verb = {
  name: 'vault create',
  usage: '--vault DIR [--name NAME] [--system-high MARKING] [--person NAME] [--device NAME]',
  summary: 'Make a new vault and print its recovery code once.',
  options: { name: { type: 'string' }, 'system-high': { type: 'string' }, person: { type: 'string' }, device: { type: 'string' } },
  words: [0, 0],
  run: async ({ options, session, io, json }) => {
    const folder = needOption(options, 'vault');
    const passphrase = await readNewPassphrase(options, io);
    if (passphrase.length < 12) io.err('redoubt: warning: this passphrase is short; whoever copies the vault can guess at it without limit\n');
    const systemHigh = await readMarkingOption(session, 'system-high', stringOption(options, 'system-high') ?? 'TOP SECRET//SI//NOFORN');
    const { groups } = await session.call('vault.draft-recovery-code', {});
    const recoveryCode = groups.join('-');
    await session.call('vault.create', {
      name: stringOption(options, 'name') ?? basename(resolve(folder)),
      passphrase,
      recoveryCode,
      systemHigh,
      person: stringOption(options, 'person') ?? (userInfo().username || 'Analyst'),
      device: stringOption(options, 'device') ?? (hostname() || 'This computer'),
    });
    if (json) writeJson(io, { vault: resolve(folder), recoveryCode });
    else io.out(`Vault made. Recovery code, shown once:\n${recoveryCode}\n`);
    return exitCodes.done;
  },
};

/** Checks the whole vault. */
export const vaultVerify: Verb = {
  name: 'vault verify',
  usage: '--vault DIR',
  summary: 'Check slots, databases, originals, projections and audit chains.',
  options: {},
  words: [0, 0],
  run: async ({ session, io, json }) => {
    await session.unlock();
    const result = await session.call('vault.verify', {}, ({ phase, done }) => io.err(`${phase} ${done}\r`));
    if (json) writeJson(io, result);
    else io.out(result.ok ? 'The vault is whole.\n' : result.problems.map(({ code, where }) => `${code}: ${where}\n`).join(''));
    return result.ok ? exitCodes.done : exitCodes.failed;
  },
};
