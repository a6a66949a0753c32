import type { RecommendationQuery } from '../../src/cards/actions.ts';
import { key, sampleData, severities, type Flavour } from './sample-data.ts';

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

/** A page of a list of recommendations with everything that it can say. */
export const longList = (flavour: Flavour) => {
  const { text } = flavour;
  const { list, many, recommendation } = sampleData(flavour);
  return {
    ...list,
    gains: new Map([[key, 0.0213]]),
    cloudsLeftOut: ['AWS', 'GCP'],
    owner: text('Alice Anders'),
    matched:
      'Matched by tag owner (12 resources), tag contact (3 resources), governance owner in Defender (1,208 resources).',
    caveats: ['Tags not readable: 12 resources are left out.'],
    controls: many((index) => text(`Encrypt data in transit ${index}`)),
    standings: {
      rows: many((index) => ({
        key,
        title: recommendation.title,
        severity: severities[index % 4] ?? 'low',
        policyDefinitionId: index % 4 === 3 ? undefined : 'definition',
        unhealthy: 12 + index,
        exempted: index % 3,
      })).slice(0, 10),
      number: 2,
      size: 10,
      found: 2900,
      isOpen: false,
    },
  };
};
