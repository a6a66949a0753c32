import { andMore, firstFew } from '../../core/first-few.ts';
import type { ExemptionCategory } from '../../core/exemption/exemption.ts';
import type { ScoreOutlook } from '../../core/score/secure-score.ts';
import { shortened } from '../../core/visible-text.ts';
import { scoreWords } from '../wording.ts';

const effectsShown = 3;

/** Points with at most two decimals. The ends of a range are rounded outwards. */
export const points = (value: number, round: 'nearest' | 'down' | 'up' = 'nearest'): string => {
  // Binary fractions cannot hold 2.675 exactly, so the digits beyond the sixth are dropped first.
  const hundredths = Number((value * 100).toFixed(6));
  const rounded = { nearest: Math.round, down: Math.floor, up: Math.ceil }[round](hundredths);
  return String(rounded / 100);
};

/** "2.1%"; small shares are "under 0.1%" instead of 0. */
export const percent = (share: number): string => (share < 0.001 ? 'under 0.1%' : `${(share * 100).toFixed(1)}%`);

/** The most that a score can rise: "up to +2.1%", or "by less than 0.1%". */
export const gainWords = (share: number): string => (share < 0.001 ? 'by less than 0.1%' : `up to +${percent(share)}`);

type Effect = Extract<ScoreOutlook, { kind: 'effects' }>['effects'][number];

const effectWords = ({ control, place, max, now, least, most }: Effect): string => {
  const [low, high] = least === most ? [points(least), points(most)] : [points(least, 'down'), points(most, 'up')];
  return `“${shortened(control, 60)}” in ${shortened(place, 60)} gives ${points(now, least === most ? 'nearest' : 'down')} of ${points(max)} points now, ${low === high ? low : `${low} to ${high}`} afterwards`;
};

/** What an exemption does to the classic secure score: the general rule, then what is known about this exemption. */
export const scoreSentence = (category: ExemptionCategory, outlook: ScoreOutlook | undefined): string => {
  if (outlook === undefined) return scoreWords[category];
  if (outlook.kind === 'uncounted')
    return outlook.why === 'preview'
      ? 'No effect: a preview recommendation does not count (classic score)'
      : 'No effect: no control of the score counts this recommendation (classic score)';
  const effects = outlook.effects.slice(0, effectsShown).map(effectWords);
  return [scoreWords[category], ...effects, andMore(outlook.effects.length, effectsShown)]
    .filter((part) => part !== '')
    .join('. ');
};

/** The controls that a recommendation counts in; undefined if Azure does not say which there are. */
export const controlWords = (controls: readonly string[] | undefined): string => {
  if (controls === undefined) return 'Secure score control: not known, because Azure shows no secure score there';
  if (controls.length === 0) return 'Secure score control: none, so it does not count in the classic secure score';
  return `Secure score control: ${firstFew(
    controls.map((name) => shortened(name, 80)),
    3,
  )}`;
};
