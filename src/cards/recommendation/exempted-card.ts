import type { ListPage } from '../../core/list-page.ts';
import type { Recommendation } from '../../core/tenant/recommendation.ts';
import { shortened } from '../../core/visible-text.ts';
import { action } from '../card-action.ts';
import { listCard } from '../list-card.ts';
import { pageRead } from '../page-of.ts';
import type { Card } from '../render-card.ts';
import { endAndMaker, itsExemption, placesOf, reasonOf, type ExemptedResource } from './exempted-words.ts';
import { exemptedQuery, showQuery } from './graph-query.ts';

export type ExemptedCardInput = {
  readonly recommendation: Pick<Recommendation, 'key' | 'title'>;
  readonly page: ListPage<ExemptedResource>;
  /** The scopes that were searched, in words. */
  readonly covers: string;
  readonly note: string;
  readonly timeZone: string;
};

const nothing =
  'No resource there that you can see is exempt from this recommendation. An exemption shows here once Defender for Cloud has assessed it, up to 24 hours after it was created.';

/** The resources that are exempt from a recommendation, ten a page. A row opens its exemption. */
export const exemptedCard = ({ recommendation, covers, note, timeZone, ...input }: ExemptedCardInput): Card => {
  const { key: assessmentKey, title } = recommendation;
  const page = pageRead(input.page, (number) => ({
    verb: 'list-exempted',
    assessmentKey,
    page: number,
    turning: true,
  }));
  const placed = placesOf(page.rows.map(({ assessment }) => assessment));
  return listCard({
    title: 'Exempt resources',
    covers: `${shortened(title, 100)}, in ${covers}`,
    note,
    tabs: [],
    rows: page.rows.map((each) => ({
      title: shortened(placed(each.assessment), 140),
      mark: { word: reasonOf(each), colour: 'default' },
      detail: endAndMaker(each, timeZone).join(' · '),
      open: itsExemption(each),
    })),
    whenEmpty: nothing,
    range: page.label,
    buttons: [
      ...page.buttons,
      showQuery(exemptedQuery(assessmentKey)),
      action(
        'Show recommendation',
        { verb: 'show-recommendation', assessmentKey, page: 1 },
        { secondary: page.buttons.length > 0 },
      ),
    ],
    command: 'recommendation, and its title',
  });
};
