/**
 * The program of the OCR process: takes the network away from itself, then loads Tesseract and answers the engine. What it decodes may
 * be hostile: all of it is JavaScript and WebAssembly, and the process may crash with nothing lost but its page.
 */
import { constants, setPriority } from 'node:os';
import { blockNetwork, connectToParent } from '../../work/index.ts';

blockNetwork();
try {
  setPriority(constants.priority.PRIORITY_LOW); // everything else goes first, extractors included
} catch {
  // A system that forbids it: the work is done at the ordinary priority.
}
// A parser may leave a promise behind that fails after its page is done, pdf.js does when it is stopped: the next page is not to blame.
process.on('unhandledRejection', () => undefined);
const port = await connectToParent();
const { serveOcr } = await import('./serve-ocr.ts');
serveOcr(port);
