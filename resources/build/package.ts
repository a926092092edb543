/**
 * `npm run package`: builds and packs. Without arguments it makes the unpacked folder of this platform; arguments go to
 * electron-builder (`-- --linux deb rpm`). ELECTRON_DIST names a folder or zip of Electron to pack instead of downloading one.
 */
import './node-guard.ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildAll } from './build.ts';
import { bundles, isPresent } from './bundles.ts';
import { installed, outFolder } from './paths.ts';
import { runNode } from './run.ts';

async function pack(args: readonly string[]): Promise<number> {
  await buildAll();
  const missing = bundles.filter((bundle) => !isPresent(bundle) || !existsSync(join(outFolder, bundle.out)));
  if (missing.length > 0) {
    console.error(`nothing is packed without ${missing.map((bundle) => bundle.entry).join(', ')}`);
    return 1;
  }
  const dist = process.env['ELECTRON_DIST'];
  const { code } = await runNode([
    installed('electron-builder', 'cli.js'), '--config', 'electron-builder.yml', '--publish', 'never',
    ...(args.length === 0 ? ['--dir'] : args),
    ...(dist === undefined ? [] : [`-c.electronDist=${dist}`]),
  ]);
  return code ?? 1;
}

process.exitCode = await pack(process.argv.slice(2));
