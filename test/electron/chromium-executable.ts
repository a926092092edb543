import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { repositoryRoot } from './boot-info.ts';

/** A Chromium that can be started, and what its environment must add. */
export interface ChromiumExecutable {
  readonly path: string;
  /** Where it was found, for people. */
  readonly source: 'STANDIN_CHROMIUM' | 'installed' | '@sparticuz/chromium';
  readonly environment: Readonly<Record<string, string>>;
}

/** Whether windows can appear on a screen. */
export function hasDisplay(): boolean {
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/** STANDIN_CHROMIUM; else an installed browser when there is a display; else the headless one from npm, unpacked once. */
export function findChromium(): ChromiumExecutable {
  const chosen = process.env['STANDIN_CHROMIUM'];
  if (chosen) return { path: chosen, source: 'STANDIN_CHROMIUM', environment: {} };
  const installed = hasDisplay() ? findOnPath(['chromium', 'google-chrome', 'chromium-browser']) : null;
  return installed ? { path: installed, source: 'installed', environment: {} } : unpackedChromium();
}

function findOnPath(names: readonly string[]): string | null {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const candidates = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // the question is only whether it can be run
  }
}

function unpackedChromium(): ChromiumExecutable {
  const packageFolder = path.join(repositoryRoot, 'node_modules/@sparticuz/chromium');
  const { version } = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const folder = path.join(os.tmpdir(), `stand-in-chromium-${version}-${os.userInfo().uid}`);
  const executable = path.join(folder, 'chromium');
  if (!existsSync(executable)) unpack(folder);
  return { path: executable, source: '@sparticuz/chromium', environment: { ...libraryEnvironment(folder, executable), ...fontEnvironment(folder) } };
}

// The package unpacks into os.tmpdir(), so a child with a TMPDIR of its own does the work; the name of a serverless host makes
// it unpack the libraries too. The finished folder is renamed into place, so of several processes one wins and none sees half.
function unpack(folder: string): void {
  const staging = mkdtempSync(`${folder}-`);
  const script = "const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath();";
  try {
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: repositoryRoot, stdio: ['ignore', 'ignore', 'inherit'],
      env: { PATH: process.env['PATH'], TMPDIR: staging, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x', HOME: staging },
    });
    renameSync(staging, folder);
  } catch (error) {
    if (!existsSync(path.join(folder, 'chromium'))) throw error;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function libraryEnvironment(folder: string, executable: string): Record<string, string> {
  const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' });
  if (typeof stdout === 'string' && !stdout.includes('not found')) return {};
  const inherited = process.env['LD_LIBRARY_PATH'];
  const libraries = path.join(folder, 'al2023', 'lib');
  return { LD_LIBRARY_PATH: inherited ? `${libraries}:${inherited}` : libraries };
}

function fontEnvironment(folder: string): Record<string, string> {
  const systemFonts = '/usr/share/fonts';
  const hasFonts = existsSync(systemFonts) && readdirSync(systemFonts).length > 0;
  return hasFonts || process.env['FONTCONFIG_PATH'] ? {} : { FONTCONFIG_PATH: path.join(folder, 'fonts') };
}
