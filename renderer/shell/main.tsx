/** The window's entry: styles first, then the engine's port, then the interface. */
import '../ui/styles.ts';
import { createRoot } from 'react-dom/client';
import { loadShellSettings } from '../lib/shell-settings.ts';
import { App } from './app.tsx';
import { linkEngine } from './engine-link.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no #root.');

linkEngine();
// Without its settings the window follows the system's theme and keeps the defaults, which is a working window.
loadShellSettings().catch((error: unknown) => { console.error('The settings of this computer could not be read.', error); });
createRoot(root).render(<App />);
