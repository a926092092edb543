import { isNoforn, type AtomicEnergy, type Control, type Level, type Owner, type UsMarking } from './us-marking.ts';
import { vocabulary } from './vocabulary.ts';

type Form = 'banner' | 'portion';

/** The banner line: TOP SECRET//SI-G ABCD//ORCON/NOFORN. */
export function usBanner(marking: UsMarking): string {
  return printed(marking, 'banner');
}

/** The portion mark: (TS//SI-G ABCD//OC/NF). */
export function usPortion(marking: UsMarking): string {
  return `(${printed(marking, 'portion')})`;
}

function printed(marking: UsMarking, form: Form): string {
  return [first(marking, form), ...categories(marking, form).filter((category) => category !== '')].join('//');
}

/** The classification and whose it is. */
function first({ owner, level: code }: UsMarking, form: Form): string {
  const named = (text: string): string => (form === 'portion' ? text : vocabulary.levels.find((known) => known.code === text)?.title ?? text);
  if (owner.kind === 'us') return named(code);
  if (owner.kind === 'joint') return `//JOINT ${named(code)} ${owner.countries.join(' ')}`;
  const level = owner.restricted ? (form === 'portion' ? 'R' : 'RESTRICTED') : named(code);
  return `//${natoText(owner, code, level, form) ?? `${owner.countries.length === 0 ? vocabulary.fgi.code : owner.countries.join(' ')} ${level}`}`;
}

/** COSMIC TOP SECRET, NATO ISAF SECRET; in portions CTS, NIS. Null for what is not NATO’s, or has no mark of NATO’s own. */
function natoText({ countries, restricted }: Extract<Owner, { kind: 'foreign' }>, code: Level, level: string, form: Form): string | null {
  if (countries.length === 1 && countries[0] === 'NATO') {
    const known = vocabulary.nato.find((one) => one.level === code && one.restricted === restricted);
    return known === undefined ? null : form === 'portion' ? known.portion : known.title;
  }
  const activity = code === 'TS' || countries.length !== 2 || !countries.includes('NATO') ? undefined : vocabulary.natoActivities.find((one) => countries.includes(one.code));
  if (activity === undefined) return null;
  return form === 'portion' ? `N${activity.letter}${level}` : `NATO ${activity.code} ${level}`;
}

function categories(marking: UsMarking, form: Form): string[] {
  return [
    marking.sci.map(controlText).join('/'),
    programs(marking.sap),
    marking.aea.map((one) => aeaText(one, form)).join('/'),
    marking.fgi === null ? '' : [vocabulary.fgi.code, ...marking.fgi].join(' '),
    dissemination(marking, form).join('/'),
    vocabulary.nonIc.filter(({ code }) => marking.nonIc.includes(code)).map(({ code, banner }) => (form === 'banner' ? banner : code)).join('/'),
  ];
}

/** SAR-BP-J12/XR/BOHEMIA: NATO’s are not under SAR-. */
function programs(sap: readonly Control[]): string {
  const isOurs = sap.some(({ code }) => !vocabulary.sap.nato.includes(code));
  return `${isOurs ? `${vocabulary.sap.code}-` : ''}${sap.map(controlText).join('/')}`;
}

function controlText({ code, compartments }: Control): string {
  return [code, ...compartments.map((compartment) => [compartment.code, ...compartment.subs].join(' '))].join('-');
}

function aeaText({ code, cnwdi, sigmas }: AtomicEnergy, form: Form): string {
  const known = vocabulary.aea.find((one) => one.code === code);
  const name = form === 'banner' ? known?.banner : known?.portion;
  return [name ?? code, ...(cnwdi ? ['CNWDI'] : []), ...(sigmas.length > 0 ? [`${form === 'banner' ? 'SIGMA' : 'SG'} ${sigmas.join(' ')}`] : [])].join('-');
}

function dissemination({ dissem, release }: UsMarking, form: Form): string[] {
  return vocabulary.dissem.flatMap(({ code, banner }) => {
    switch (code) {
      case 'NF': return isNoforn(release) ? [form === 'banner' ? banner : code] : [];
      case 'REL': return release !== null && release.relTo.length > 0 ? [`${banner} ${['USA', ...release.relTo].join(', ')}`] : [];
      case 'RELIDO': return release?.relido === true ? [banner] : [];
      case 'DISPLAY ONLY': return release !== null && release.displayOnly.length > 0 ? [`${banner} ${release.displayOnly.join(', ')}`] : [];
      default: return dissem.includes(code) ? [form === 'banner' ? banner : code] : [];
    }
  });
}
