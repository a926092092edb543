import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { madeZip } from './archive-fixtures.ts';
import { mailLines, tinyDocx, tinyPdf, utf8, wordParagraph } from './file-fixtures.ts';
import { seededRandom, type Random } from './random.ts';

const words = 'quay harbour ledger crane manifest customs berth tonnage invoice cargo pilot tide survey permit audit freight bond seal weight notice vessel dock clerk schedule tariff lighter warehouse inspection'.split(' ');

const line = (random: Random, length: number): string => Array.from({ length }, () => random.pick(words)).join(' ');
const paragraph = (random: Random): string => Array.from({ length: random.between(2, 6) }, () => `The ${line(random, random.between(6, 14))} was noted.`).join(' ');

type Make = (random: Random, serial: string) => { readonly name: string; readonly bytes: Uint8Array };

/** One maker for each format that is read; every file says its serial, so that no two have the same bytes. */
const makers: readonly Make[] = [
  (random, serial) => ({ name: `${serial}.txt`, bytes: utf8(`Report ${serial}\n\n${paragraph(random)}\n\n${paragraph(random)}\n`) }),
  (random, serial) => ({ name: `${serial}.txt`, bytes: utf8(`Log ${serial}\n\n${paragraph(random)}\n`) }),
  (random, serial) => ({ name: `${serial}.md`, bytes: utf8(`# Minutes ${serial}\n\n* ${line(random, 8)}\n* ${line(random, 8)}\n`) }),
  (random, serial) => ({ name: `${serial}.csv`, bytes: utf8(`serial,goods,weight\n${Array.from({ length: 6 }, () => `${serial},${line(random, 2)},${random.between(1, 900)}`).join('\n')}\n`) }),
  (random, serial) => ({ name: `${serial}.html`, bytes: utf8(`<!doctype html><title>Notice ${serial}</title><p>${paragraph(random)}</p>`) }),
  (random, serial) => ({
    name: `${serial}.eml`,
    bytes: mailLines(
      'From: Harbour office <office@harbour.example>', 'To: Customs desk <desk@customs.example>', `Subject: Manifest ${serial}`, 'Date: Mon, 03 Jun 2024 09:00:00 +0000', `Message-ID: <${serial}@harbour.example>`,
      'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="part"', '', '--part', 'Content-Type: text/plain', '', paragraph(random), '--part', `Content-Type: text/plain; name="list-${serial}.txt"`,
      `Content-Disposition: attachment; filename="list-${serial}.txt"`, '', `List ${serial}: ${line(random, 12)}`, '--part--', '',
    ),
  }),
  (random, serial) => ({ name: `${serial}.docx`, bytes: tinyDocx(wordParagraph(`Order ${serial}`) + wordParagraph(paragraph(random))) }),
  (random, serial) => ({ name: `${serial}.pdf`, bytes: tinyPdf([[{ text: `Survey ${serial}`, y: 720 }, { text: line(random, 9), y: 700 }], [{ text: line(random, 9), y: 720 }]]) }),
  (random, serial) => ({
    name: `${serial}.zip`,
    bytes: madeZip([
      { name: 'papers/list.txt', bytes: utf8(`Packed list ${serial}: ${line(random, 10)}`) },
      { name: 'papers/letter.eml', bytes: mailLines(`Message-ID: <packed-${serial}@harbour.example>`, 'From: Harbour office <office@harbour.example>', `Subject: Packed ${serial}`, '', paragraph(random)) },
    ]),
  }),
  (_random, serial) => ({ name: `${serial}.bin`, bytes: utf8(`\u0000\u0001\u0002${serial}`) }),
];

/** Writes `files` files of every format that is read, a few folders deep, among them one exact duplicate for every fifty. The same seed writes the same bytes. */
export function writeGeneratedFolder(folder: string, files: number, seed: number): void {
  const random = seededRandom(seed);
  for (let index = 0; index < files; index += 1) {
    const serial = `${seed}-${index}`;
    const make = makers[index % makers.length];
    const made = make?.(random, serial);
    if (made === undefined) continue;
    const place = join(folder, `shelf-${Math.floor(index / 40)}`);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, made.name), made.bytes);
    if (index % 50 === 49) writeFileSync(join(place, `copy-of-${made.name}`), made.bytes);
  }
}
