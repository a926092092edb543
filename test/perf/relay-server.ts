/** A model server in a process of its own, for relay.ts. It sends its port, then serves until its parent lets go of it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { scripts } from '../support/model-servers/scripts.ts';
import { manyQuestion, manyWords } from './relay-words.ts';

/** Frames in one piece of the body: what a fast server hands to its socket at once. */
const framesPerPiece = 20;

const bodies = new Map(scripts.map((script) => {
  const frame = Buffer.from(script.text('word '));
  const last = Buffer.concat([script.end('complete'), script.after]);
  const many = Array.from({ length: manyWords / framesPerPiece }, () => Buffer.concat(Array.from({ length: framesPerPiece }, () => frame)));
  return [script.askedPath, { type: script.contentType, one: [Buffer.concat([script.begin, frame]), last], many: [Buffer.from(script.begin), ...many, last] }] as const;
}));

const server = createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => {
    const found = bodies.get(request.url ?? '');
    if (found === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': found.type });
    const body = Buffer.concat(pieces).includes(manyQuestion) ? found.many : found.one;
    const writeFrom = (index: number): void => {
      const piece = body[index];
      if (piece === undefined) response.end();
      else response.write(piece, () => writeFrom(index + 1));
    };
    writeFrom(0);
  });
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit(0));
