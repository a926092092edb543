import { isNoforn, type AtomicEnergy, type Control, type UsMarking } from './us-marking.ts';
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
  const { owner, level: code } = marking;
  const level = form === 'portion' ? code : vocabulary.levels.find((known) => known.code === code)?.title ?? code;
  const countries = owner.kind === 'us' ? '' : owner.countries.join(' ');
  const first = owner.kind === 'us' ? level : owner.kind === 'joint' ? `//JOINT ${level} ${countries}` : `//${countries === '' ? vocabulary.fgi.code : countries} ${level}`;
  return [first, ...categories(marking, form).filter((category) => category !== '')].join('//');
}

function categories(marking: UsMarking, form: Form): string[] {
  return [
    marking.sci.map(controlText).join('/'),
    marking.sap.length === 0 ? '' : `${vocabulary.sap.code}-${marking.sap.map(controlText).join('/')}`,
    marking.aea.map((one) => aeaText(one, form)).join('/'),
    marking.fgi === null ? '' : [vocabulary.fgi.code, ...marking.fgi].join(' '),
    dissemination(marking, form).join('/'),
    vocabulary.nonIc.filter(({ code }) => marking.nonIc.includes(code)).map(({ code, banner }) => (form === 'banner' ? banner : code)).join('/'),
  ];
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
