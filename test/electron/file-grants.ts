import { app } from './app.ts';
import type { GrantedFile } from './wire.ts';

type Push = (files: readonly GrantedFile[]) => Promise<void>;

const granted: GrantedFile[] = [];
const documents = new Set<Push>();

/** The files granted so far. */
export function grantedFiles(): readonly GrantedFile[] {
  return granted;
}

/** Keeps a document's table of granted files up to date; the returned function ends that. */
export function followGrants(push: Push): () => void {
  documents.add(push);
  return () => documents.delete(push);
}

// Tests say: app.emit('stand-in:grant-file', { name, size, path }, done). `done` is called once every open document knows,
// for getPathForFile is synchronous and answers from the document's own table. A request to the stand-in instead would have
// to pass the page's CSP.
app.on('stand-in:grant-file', (file: GrantedFile, done?: () => void) => void grant(file, done));

async function grant({ name, size, path }: GrantedFile, done: () => void = () => {}): Promise<void> {
  granted.push({ name, size, path });
  await Promise.all([...documents].map((push) => push(granted)));
  done();
}
