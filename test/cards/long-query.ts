import type { RecommendationQuery } from '../../src/cards/actions.ts';
import type { Flavour } from './sample-data.ts';

/** As much of a text as takes so many bytes in a button. */
const fitting = (text: string, most: number): string => {
  let cut = text;
  while (Buffer.byteLength(JSON.stringify(cut)) - 2 > most) cut = cut.slice(0, -1);
  return cut;
};

/** A list of recommendations with every filter, together as long as so many bytes. */
export const longQuery = ({ text }: Pick<Flavour, 'text'>, bytes: number): RecommendationQuery => {
  const filter = (plain: string): string => fitting(text(plain), Math.floor((bytes - 2) / 7));
  return {
    text: filter('storage'),
    severity: 'high',
    subscription: filter('Shop'),
    type: filter('Container'),
    group: filter('rg-shop-prod'),
    tag: filter('env=prod'),
    owner: filter('Alice Anders'),
    control: filter('Encrypt'),
    exempt: false,
    page: 2,
  };
};
