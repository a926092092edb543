/**
 * The language of a text, from its script and its commonest words. Kept libraries were measured on twenty languages (test/perf/zoo.ts has the table): eld knew all of
 * them and costs over a second before its first answer in every extractor; this costs nothing to load and is asked only for a filter.
 */
const sampleChars = 800;
/** Below this share of words that are some language's commonest, or fewer than this many of them, nothing is said. */
const leastShare = 0.12;
const leastWords = 3;

/** Words that stand in nearly every text of a language and in few texts of another. */
const wordsByLanguage: Readonly<Record<string, string>> = {
  en: 'the of and to in is that for it was on with as be by are this at from have not or you which has been were they will would there an we had but',
  de: 'der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über',
  fr: 'de la le et les des en un du une que est pour qui dans par plus pas au sur ne se ce il sont avec son cette aux ou été mais nous vous leur',
  es: 'de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha está este sobre fue son entre desde',
  pt: 'de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua ou quando muito foi nos já está são pelo pela',
  it: 'di e il la che in un a per è una sono con non si da del le della nel alla come più ma dei anche gli al ha lo delle questo dalla o ieri',
  nl: 'de van het een en in is dat op te zijn met voor niet aan er die om door ook als bij uit naar maar heeft wordt worden nog tot over deze dit of',
  sv: 'och i att det som en på är av för med den till inte har de om ett var jag men ett från vid kan så han eller ut sedan också när',
  da: 'og i at det er en til af på som med for den de ikke der har et om var jeg men fra kan vi han eller ud også når efter blev',
  no: 'og i det er på en som til av for at med ikke den de har et om var jeg men fra kan vi han eller ut også når etter ble',
  fi: 'ja on ei se että oli hän ovat mutta niin kun kuin joka ole myös sen tai jos mitä vain sekä kanssa hänen ollut mukaan',
  pl: 'w i na z się nie do że jest to o od po za jak przez dla tym co ale który jego oraz był są tego być może już tylko przy',
  cs: 'a v se na je že s z o do ve to i za by jsem po ale jako jeho který od pro k byl jsou nebo při také které už jeji',
  sk: 'a v sa na je že s z o do vo to aj za by som po ale ako jeho ktorý od pre k bol sú alebo pri tiež ktoré už',
  hu: 'a az és hogy nem is egy van meg azt ez csak de volt már mint még ki fel után vagy lehet kell minden ha itt',
  ro: 'de și în a la cu pe un o că nu este care din pentru se mai sunt ce au fost sau prin dar această lui cele între',
  tr: 've bir bu da de için ile olarak çok daha olan gibi kadar sonra en ne var değil ancak o ki ya her göre olduğu beri',
  id: 'yang dan di dengan untuk ini dari itu dalam pada tidak akan ke ada adalah juga oleh telah atau karena sudah bisa kami',
  vi: 'của và là các có được cho trong một những không người với này đã để khi từ đến về ra như ở không ai',
  ru: 'и в не на что с по как это из к у за от но о же для так его он только или бы было мы все был при до их никто',
  uk: 'і в не на що з до як це та у за від але про для його він або був при його ми їх які також було ніхто',
  bg: 'и на в да се за от не с е че по са като до ще но той който или си това има ги след бе',
};
const languagesByWord = new Map<string, string[]>();
for (const [language, words] of Object.entries(wordsByLanguage)) {
  for (const word of new Set(words.split(' '))) languagesByWord.set(word, [...(languagesByWord.get(word) ?? []), language]);
}

/** Scripts of one language each, or of those that letters tell apart. */
const scripts: readonly (readonly [RegExp, (text: string) => string])[] = [
  [/[\u3040-\u30ff]/g, () => 'ja'],
  [/[\uac00-\ud7af]/g, () => 'ko'],
  [/[\u4e00-\u9fff]/g, (text) => (/[\u3040-\u30ff]/.test(text) ? 'ja' : 'zh')],
  [/[\u0600-\u06ff]/g, (text) => (/[ٹڈڑےں]/.test(text) ? 'ur' : /[پچژگی]/.test(text) ? 'fa' : 'ar')],
  [/[\u0590-\u05ff]/g, () => 'he'], [/[\u0370-\u03ff]/g, () => 'el'], [/[\u0e00-\u0e7f]/g, () => 'th'], [/[\u0900-\u097f]/g, () => 'hi'], [/[\u0980-\u09ff]/g, () => 'bn'], [/[\u0b80-\u0bff]/g, () => 'ta'], [/[\u10a0-\u10ff]/g, () => 'ka'], [/[\u0530-\u058f]/g, () => 'hy'],
];

/** What none of the scripts above is without; most texts are told by their words alone, and are asked for nothing else. */
const ofOwnScript = /[\u0370-\u03ff\u0530-\u06ff\u0900-\u10ff\u3040-\ud7af]/;
const asciiWords = /[a-z]+/g;
const anyWords = /\p{L}+/gu;
const wordPattern = (sample: string): RegExp => (/[^\0-\x7f]/.test(sample) ? anyWords : asciiWords);

/** The language as ISO 639-1 has it; null where the text is too short, of several languages alike, or of one that is not known. */
export function languageOf(text: string): string | null {
  const sample = text.slice(0, sampleChars);
  if (ofOwnScript.test(sample)) {
    const letters = sample.match(/\p{L}/gu)?.length ?? 0;
    for (const [script, language] of scripts) {
      if (letters > 1 && (sample.match(script)?.length ?? 0) > letters * 0.3) return language(sample);
    }
  }
  const words = sample.toLowerCase().match(wordPattern(sample)) ?? [];
  const scores = new Map<string, number>();
  let common = 0;
  for (const word of words) {
    const languages = languagesByWord.get(word);
    if (languages === undefined) continue;
    common += 1;
    // A word that few languages share tells more.
    for (const language of languages) scores.set(language, (scores.get(language) ?? 0) + 1 / languages.length);
  }
  const [best, next] = [...scores].toSorted((a, b) => b[1] - a[1]);
  if (best === undefined || common < leastWords || common < words.length * leastShare || best[1] === next?.[1]) return null;
  return best[0];
}
