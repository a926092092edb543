import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { AppManifest } from './boot-info.ts';

/** Electron's command line: `[-r module] [--switches] app [args]`. */
export interface ElectronArguments {
  readonly preloadModules: readonly string[];
  readonly switches: readonly string[];
  readonly wantsVersion: boolean;
  readonly appArgument: string;
}

/** Splits a command line as Electron's default app does; everything after the app's path is the app's own. */
export function parseArguments(args: readonly string[]): ElectronArguments {
  const preloadModules: string[] = [];
  const switches: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] as string;
    if (arg === '-r' || arg === '--require') preloadModules.push(args[++index] ?? '');
    else if (arg.startsWith('-')) switches.push(arg);
    else return { preloadModules, switches, wantsVersion: false, appArgument: arg };
  }
  return { preloadModules, switches, wantsVersion: switches.includes('--version') || switches.includes('-v'), appArgument: '.' };
}

/** The script to run and what its package says. */
export interface AppLocation {
  readonly appPath: string;
  readonly entry: string;
  readonly manifest: AppManifest;
}

/** Finds the main script of an app folder, or takes a script as it is with the package.json beside it. */
export function locateApp(argument: string): AppLocation {
  const target = path.resolve(argument);
  const isFolder = statSync(target).isDirectory();
  const appPath = isFolder ? target : path.dirname(target);
  const manifestFile = path.join(appPath, 'package.json');
  const manifest = existsSync(manifestFile) ? (JSON.parse(readFileSync(manifestFile, 'utf8')) as AppManifest) : {};
  return { appPath, entry: isFolder ? path.join(target, manifest.main ?? 'index.js') : target, manifest };
}

/** Where the inspector shall listen, from `--inspect[-brk][=[host:]port]`; null when it was not asked for. */
export function inspectorRequest(switches: readonly string[]): { host: string; port: number; waits: boolean } | null {
  for (const item of switches) {
    const match = /^--inspect(-brk)?(?:=(?:(.*):)?(\d+))?$/.exec(item);
    if (match) return { host: match[2] ?? '127.0.0.1', port: Number(match[3] ?? 9229), waits: match[1] !== undefined };
  }
  return null;
}
