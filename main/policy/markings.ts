import type { Marking, MarkingView } from '../../preload/contract/domains/basics.ts';
import { AppError } from '../base/errors.ts';

const levels = ['U', 'CUI', 'C', 'S', 'TS'] as const;
const levelNames: Readonly<Record<Marking['level'], string>> = { U: 'UNCLASSIFIED', CUI: 'CUI', C: 'CONFIDENTIAL', S: 'SECRET', TS: 'TOP SECRET' };
const portionControls: Readonly<Record<Marking['controls'][number], string>> = { SI: 'SI', NOFORN: 'NF' };
/** Category order in a banner: SCI before dissemination (Register G.1). */
const controlOrder = ['SI', 'NOFORN'] as const;

/** The markings that may be chosen, lowest first. */
const listed: readonly Marking[] = [
  { scheme: 'us', level: 'U', controls: [] },
  { scheme: 'us', level: 'CUI', controls: [] },
  { scheme: 'us', level: 'C', controls: [] },
  { scheme: 'us', level: 'C', controls: ['NOFORN'] },
  { scheme: 'us', level: 'S', controls: [] },
  { scheme: 'us', level: 'S', controls: ['NOFORN'] },
  { scheme: 'us', level: 'TS', controls: [] },
  { scheme: 'us', level: 'TS', controls: ['NOFORN'] },
  { scheme: 'us', level: 'TS', controls: ['SI', 'NOFORN'] },
];

/** The banner line: SECRET//NOFORN. */
export function markingText(marking: Marking): string {
  return [levelNames[marking.level], ...controlOrder.filter((control) => marking.controls.includes(control))].join('//');
}

function toneOf(marking: Marking): MarkingView['tone'] {
  switch (marking.level) {
    case 'U': return 'u';
    case 'CUI': return 'cui';
    case 'C': return 'c';
    case 'S': return 's';
    case 'TS': return marking.controls.includes('SI') ? 'ts-sci' : 'ts';
  }
}

/** A marking with its banner, its portion form and its banner colour. */
export function viewMarking(marking: Marking): MarkingView {
  const controls = controlOrder.filter((control) => marking.controls.includes(control));
  return { marking, banner: markingText(marking), portion: `(${[marking.level, ...controls.map((control) => portionControls[control])].join('//')})`, tone: toneOf(marking) };
}

/** The fixed list, lowest first. */
export function markingViews(): readonly MarkingView[] {
  return listed.map(viewMarking);
}

/** True for a marking of the fixed list, whatever the order of its controls. */
export function isListed(marking: Marking): boolean {
  return listed.some((known) => markingText(known) === markingText(marking));
}

/** The listed marking with this banner or portion text, in any case and spacing. Throws policy.unknown-marking. */
export function findMarking(text: string): Marking {
  const clean = text.trim().toUpperCase().replace(/\s*\/\/\s*/g, '//').replace(/\s+/g, ' ');
  const known = listed.find((marking) => markingText(marking) === clean || viewMarking(marking).portion === clean);
  if (known === undefined) throw new AppError('policy.unknown-marking', `"${clean.slice(0, 80)}" is not a marking of the list: ${listed.map(markingText).join(', ')}.`, { data: { known: listed.map(markingText) } });
  return known;
}

/** True when `ceiling` may hold `marking`: no lower level, and every control of the marking is among its own. */
export function dominates(ceiling: Marking, marking: Marking): boolean {
  return levels.indexOf(ceiling.level) >= levels.indexOf(marking.level) && marking.controls.every((control) => ceiling.controls.includes(control));
}

/** The roll-up of two markings: the higher level, all controls. It dominates both. */
export function joinMarkings(a: Marking, b: Marking): Marking {
  const level = levels.indexOf(a.level) >= levels.indexOf(b.level) ? a.level : b.level;
  return { scheme: 'us', level, controls: controlOrder.filter((control) => a.controls.includes(control) || b.controls.includes(control)) };
}
