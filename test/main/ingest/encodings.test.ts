/** Texts whose encoding nothing tells. The bytes were written by Python's codecs, so that they do not come from the tables that read them. */
import { expect, test } from 'vitest';
import { detect } from '../../../main/ingest/detect.ts';
import { likelyText } from '../../../main/ingest/likely-page.ts';
import { isEbcdic } from '../../../main/ingest/rare-code-pages.ts';
import { decodeText } from '../../../main/ingest/text-encoding.ts';

const samples: readonly (readonly [string, string, string])[] = [
  ['Russian of DOS', 'kaqroKQgra6speAg56Xi6+ClIK/j4eIsIKrgoK0g4eKuqOIg4SDj4uCgLg==', 'Склад номер четыре пуст, кран стоит с утра.'],
  ['German of DOS', 'TGFnZXIgdmllciBpc3QgbGVlcjsgZGllIEdylOFlIGRlciBLcoRuZSBmgXIgU2NogXR0Z3V0IHBygWZ0IG1hbiBzcIR0ZXIu', 'Lager vier ist leer; die Größe der Kräne für Schüttgut prüft man später.'],
  ['Polish of DOS', 'TWFnYXp5biBqZXN0IHB1c3R5LCC+dXJhdyBzdG9pIG9kIHJhbmEsIIhhZHVuZWsgbmllIHpvc3RhiCBzcHJhd2R6b255LiCNbGUgc2mpIGR6aWVqZS4=', 'Magazyn jest pusty, żuraw stoi od rana, ładunek nie został sprawdzony. Źle się dzieje.'],
  ['Hungarian of DOS', 'QSBugmd5ZXMgcmFrdKByIIFyZXMsIGEgZGFydSByZWdnZWwgonRhIKBsbC4ginN6aW50gm4gc3qibHZhIPtyLg==', 'A négyes raktár üres, a daru reggel óta áll. Őszintén szólva űr.'],
  ['Greek of DOS', 'hiCYp6af46GeIKviqamcqJggnOWkmKAg4ZucoJggoZigIKYgmpyomKTmqiCpq+KhnKuYoCCYp+Ygq6Ygp6jg5S4=', 'Η αποθήκη τέσσερα είναι άδεια και ο γερανός στέκεται από το πρωί.'],
  ['French of old Macs', 'TGUgZI5wmXQgbnVtjnJvIHF1YXRyZSBlc3QgdmlkZSwgbGEgZ3J1ZSBlc3QgYXJykHSOZSA7IGxhIGNhcmdhaXNvbiBu1WEgcGFzII50jiBjb250cplsjmUu', 'Le dépôt numéro quatre est vide, la grue est arrêtée ; la cargaison n’a pas été contrôlée.'],
  ['Ukrainian', '88vMwcQgzs/NxdIg3s/UydLJINDP0s/WzqbKLCDL0sHOINPUz6fU2C4g68HQptTBziDexcvBpCDEz9rXz8zVIM7BINfJyKbEIKbaINDP0tTVLg==', 'Склад номер чотири порожній, кран стоїть. Капітан чекає дозволу на вихід із порту.'],
  ['Lithuanian', 'S2V0dmlydGFzaXMgc2FuZOtsaXMgdHXw6Glhcywga3JhbmFzIHN0b3ZpIG51byByeXRvLiBB6Gn7IHX+IP5pbmngLg==', 'Ketvirtasis sandėlis tuščias, kranas stovi nuo ryto. Ačiū už žinią.'],
  ['Thai', '4qG00ae31ejK1ejH6NKn4LvF6NIg4cXQu9HpuajR6LnLwti0tdHpp+G16OCq6dIgodG7tdG5odPF0afDzeO6zbnYrdK1zc2hqNKht+jS4MPXzQ==', 'โกดังที่สี่ว่างเปล่า และปั้นจั่นหยุดตั้งแต่เช้า กัปตันกำลังรอใบอนุญาตออกจากท่าเรือ'],
  ['Chinese in seven bits (HZ)', 'QmVydGggNDogfntLRDpFMlY/YkpHP1U1RH59LCB+e0ZwVlg7ek0jV0UhI359', 'Berth 4: 四号仓库是空的, 起重机停着。'],
  ['Korean in seven bits', 'GyQpQw5DIjBtNEIPIA46cT5uDyAOQFY0WQ8NCkJlcnRoIDQNCg5FKTc5QE4P', '창고는 비어 있다\r\nBerth 4\r\n크레인'],
  ['EBCDIC', 'woWZo4hAhpakmUCJokCFlJejqGtAg5mBlYVAo4iZhYVAoqOBlYSiQKKjiZOTQKKJlYOFQKOIhUCUlpmViZWHSw==', 'Berth four is empty, crane three stands still since the morning.'],
  ['Russian in UTF-16 without a mark', 'IQQ6BDsEMAQ0BCAAPQQ+BDwENQRABCAARwQ1BEIESwRABDUEIAA/BEMEQQRCBCwAIAA6BEAEMAQ9BCAAQQRCBD4EOARCBCAAQQQgAEMEQgRABDAELgA=', 'Склад номер четыре пуст, кран стоит с утра.'],
  ['Greek in UTF-16 without a mark, the other way', 'A5cAIAOxA8ADvwO4A64DugO3ACADxAOtA8MDwwO1A8EDsQAgA7UDrwO9A7EDuQAgA6wDtAO1A7kDsQAu', 'Η αποθήκη τέσσερα είναι άδεια.'],
  ['UTF-32 without a mark', 'IQQAADoEAAA7BAAAMAQAADQEAAAgAAAANAAAACAAAAA/BAAAQwQAAEEEAABCBAAALgAAAA==', 'Склад 4 пуст.'],
  ['UTF-32 without a mark, the other way', 'AAAAQgAAAGUAAAByAAAAdAAAAGgAAAAgAAAANAAAACAAAABpAAAAcwAAACAAAABlAAAAbQAAAHAAAAB0AAAAeQAAAC4=', 'Berth 4 is empty.'],
  ['Japanese in UTF-16', 'eyxW21AJXqswb3p6MGcwATCvMOww/DDzMG9nHTBLMIlrYjB+MGMwZjBEMIswAg==', '第四倉庫は空で、クレーンは朝から止まっている。'],
];

test.each(samples)('%s is told by how its words look', async (_, base64, text) => {
  const bytes = Buffer.from(base64, 'base64');
  expect((await detect(bytes, 'x.txt')).reader).toBe('plain-text');
  expect(decodeText(bytes).text).toBe(text);
});

test('what reads well as it was guessed is not doubted', () => {
  for (const [encoding, text] of [['windows-1252', 'Grüße aus Zürich, naïve façade, señor Ångström'], ['windows-1250', 'źródło żółw łąka'], ['windows-1251', 'Склад пуст']] as const) {
    const decoder = new TextDecoder(encoding);
    const bytes = Uint8Array.from(text, (character) => Array.from({ length: 256 }, (__, byte) => byte).find((byte) => decoder.decode(Uint8Array.of(byte)) === character) ?? 63);
    expect(likelyText(bytes, encoding)).toEqual({ text, encoding });
  }
});

test('bytes that are no text are not taken for EBCDIC or for an encoding with many zeros', async () => {
  expect(isEbcdic(Uint8Array.from({ length: 4096 }, (_, at) => (at * 31) % 256))).toBe(false);
  for (const [name, bytes] of [['numbers of four bytes', Buffer.from(Uint32Array.from({ length: 400 }, (_, at) => at * 7).buffer)], ['sounds', Buffer.from(Int16Array.from({ length: 400 }, (_, at) => Math.round(Math.sin(at / 9) * 900)).buffer)]] as const) {
    expect([name, (await detect(bytes, 'x')).reader]).toEqual([name, null]);
  }
});
