import { parseArgs } from 'node:util';
import type { WireError } from '../../preload/contract/errors.ts';
import { CallFailure, createSession } from './session.ts';
import { UsageError, writeJson, type CliIo } from './options.ts';
import { exitCodes, type ExitCode, type Verb } from './verb.ts';
import { verbs } from './verbs/index.ts';

const commonOptions = {
  vault: { type: 'string' },
  case: { type: 'string' },
  'passphrase-env': { type: 'string' },
  'passphrase-fd': { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

function findVerb(args: readonly string[]): { readonly verb: Verb; readonly rest: readonly string[] } | null {
  for (const verb of verbs) {
    const words = verb.name.split(' ');
    if (words.every((word, index) => args[index] === word)) return { verb, rest: args.slice(words.length) };
  }
  return null;
}

function overview(): string {
  const width = Math.max(...verbs.map((verb) => verb.name.length));
  return [
    'redoubt <verb> [options]',
    '',
    ...verbs.map((verb) => `  ${verb.name.padEnd(width)}  ${verb.summary}`),
    '',
    'Everywhere: --vault DIR, --case ID|NAME, --passphrase-env NAME | --passphrase-fd N, --json, --help.',
    'Exit codes: 0 done, 1 failed, 2 wrong usage, 3 refused by policy, 4 done in part.',
    '',
  ].join('\n');
}

function help(verb: Verb): string {
  const own = Object.entries(verb.options).map(([name, option]) => `  --${name}${option.type === 'string' ? ' VALUE' : ''}`);
  return [`redoubt ${verb.name} ${verb.usage}`.trimEnd(), '', verb.summary, ...(verb.details === undefined ? [] : ['', ...verb.details]), ...(own.length === 0 ? [] : ['', 'Options:', ...own]), ''].join('\n');
}

/** Runs one command line and answers its exit code. Never throws for what a caller can do wrong. */
export async function runCli(args: readonly string[], io: CliIo): Promise<ExitCode> {
  if (args.length === 0 || args[0] === '--help' || args[0] === 'help') {
    io.out(overview());
    return args.length === 0 ? exitCodes.usage : exitCodes.done;
  }
  const found = findVerb(args);
  const json = args.includes('--json');
  if (found === null) {
    const words = args.filter((arg) => !arg.startsWith('-'));
    const group = verbs.filter((verb) => verb.name.startsWith(`${words[0] ?? ''} `));
    if (args.includes('--help') && words.length === 1 && group.length > 0) {
      io.out(group.map(help).join('\n'));
      return exitCodes.done;
    }
    return report(new UsageError(`unknown command: ${words.slice(0, 2).join(' ')}`), io, json);
  }
  try {
    return await runVerb(found.verb, found.rest, io);
  } catch (error) {
    return report(error, io, json);
  }
}

async function runVerb(verb: Verb, rest: readonly string[], io: CliIo): Promise<ExitCode> {
  const { values, positionals } = parse(verb, rest);
  if (values['help'] === true) {
    io.out(help(verb));
    return exitCodes.done;
  }
  const [least, most] = verb.words;
  if (positionals.length < least || positionals.length > most) throw new UsageError(`usage: redoubt ${verb.name} ${verb.usage}`);
  const session = createSession(values, io, verb.needsVault ?? true);
  try {
    return await verb.run({ words: positionals, options: values, session, io, json: values['json'] === true });
  } finally {
    await session.end();
  }
}

function parse(verb: Verb, rest: readonly string[]): { values: Record<string, string | boolean | (string | boolean)[] | undefined>; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({ args: [...rest], options: { ...commonOptions, ...verb.options }, allowPositionals: true, strict: true });
    return { values, positionals };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'wrong options');
  }
}

function report(error: unknown, io: CliIo, json: boolean): ExitCode {
  if (error instanceof UsageError) {
    if (json) writeJson(io, { error: { code: 'cli.usage', message: error.message } });
    io.err(`redoubt: ${error.message}\n`);
    return exitCodes.usage;
  }
  const failure: WireError = error instanceof CallFailure ? error.error : { code: 'bridge.internal', message: 'Something inside the engine failed.' };
  const at = failure.data?.['at'];
  if (json) writeJson(io, { error: { ...failure, ...(typeof at === 'number' ? { at } : {}) } });
  io.err(`redoubt: ${failure.message} (${failure.code})\n`);
  return failure.code === 'policy.refused' ? exitCodes.refused : exitCodes.failed;
}
