import { longestSearch } from '../../../cards/actions.ts';
import { severityMarks, stateMarks, statusMark } from '../../../cards/wording.ts';
import { sharedCard } from '../../../cards/recommendation/shared-card.ts';
import { emptyWords } from '../../../core/access/empty-words.ts';
import type { ListName, WhyEmpty } from '../../../core/access/why-empty.ts';
import { formatDay } from '../../../core/calendar.ts';
import { counted } from '../../../core/first-few.ts';
import type { ListPage } from '../../../core/list-page.ts';
import { choiceTokens } from '../../../core/request/choice-token.ts';
import { shortened } from '../../../core/visible-text.ts';
import type { Card } from '../../../cards/render-card.ts';
import type { Desk } from '../../../workflow/desk.ts';
import { listExemptions } from '../../../workflow/inventory/list-exemptions.ts';
import { listRecommendations } from '../../../workflow/recommendation/list-recommendations.ts';
import type { Asker } from '../../../workflow/rights/take-viewpoint.ts';
import { listRequests } from '../../../workflow/tell/list-requests.ts';
import { everyExemption } from '../../commands/exemption/exemptions.ts';
import { everyRecommendation } from '../../commands/recommendation/recommendations.ts';
import { saidWhole } from '../../commands/said-whole.ts';

/** One result: what stands in the list, for whoever searches, and what they post, for everybody. */
export type Found = { readonly title: string; readonly detail: string; readonly card: Card };

type SearchResult = {
  readonly found: readonly Found[];
  /** Why there is nothing at all, as a sentence. */
  readonly whyNone: string | undefined;
};

type Part = { readonly skip: number; readonly count: number };
type Search = (desk: Desk, asker: Asker, text: string, part: Part) => Promise<SearchResult>;

type Read<Row> = (page: number) => Promise<{ readonly page: ListPage<Row>; readonly whyEmpty: WhyEmpty | undefined }>;

/** A part of a list that is read by pages. */
const partOf = async <Row>(read: Read<Row>, name: ListName, { skip, count }: Part) => {
  const first = await read(1);
  const { size } = first.page;
  const rows: Row[] = [];
  const start = Math.floor(skip / size) + 1;
  for (let number = start; rows.length < skip - (start - 1) * size + count; number += 1) {
    const { page } = number === 1 ? first : await read(number);
    // A page beyond the end is the last one again.
    if (page.number !== number) break;
    rows.push(...page.rows);
    if (page.rows.length < size) break;
  }
  return {
    rows: rows.slice(skip - (start - 1) * size).slice(0, count),
    whyNone: first.whyEmpty === undefined ? undefined : emptyWords(name, first.whyEmpty),
  };
};

const textSaid = (text: string): string => saidWhole('What is searched for', text, longestSearch);

const recommendations: Search = async (desk, asker, text, part) => {
  const read: Read<Awaited<ReturnType<typeof listRecommendations>>['standings']['rows'][number]> = async (page) => {
    const wanted = { ...everyRecommendation, text: textSaid(text), severity: undefined, page };
    const { standings, whyEmpty } = await listRecommendations(desk, asker, wanted);
    return { page: standings, whyEmpty };
  };
  const { rows, whyNone } = await partOf(read, 'recommendations', part);
  return {
    whyNone,
    found: rows.map(({ key, title, severity, unhealthy }) => ({
      title,
      detail: `${severityMarks[severity].word} · ${counted(unhealthy, 'unhealthy resource')}`,
      card: sharedCard('Recommendation', shortened(title, 200), {
        verb: 'show-recommendation',
        assessmentKey: key,
        page: 1,
      }),
    })),
  };
};

const exemptions: Search = async (desk, asker, text, part) => {
  const tokenOf = choiceTokens(desk.hash);
  const { rows, whyNone } = await partOf(
    (page) => {
      const { filter: kind, ...wanted } = { ...everyExemption, text: textSaid(text), page };
      return listExemptions(desk, asker, { ...wanted, kind });
    },
    'exemptions',
    part,
  );
  return {
    whyNone,
    found: rows.map(({ exemption, recommendations: [first], wholeInitiative, scopeLabel, state }) => {
      const of = first === undefined || wholeInitiative ? undefined : first.title;
      const until = exemption.expiresAt && `until ${formatDay(exemption.expiresAt, desk.timeZone)}`;
      return {
        title: of ?? (exemption.displayName || exemption.name),
        detail: [stateMarks[state].word, scopeLabel, until].filter(Boolean).join(' · '),
        // What somebody called an exemption may tell where it is.
        card: sharedCard('Exemption', of === undefined ? '' : `from “${shortened(of, 200)}”`, {
          verb: 'open-exemption',
          token: tokenOf(exemption.id),
        }),
      };
    }),
  };
};

const requests: Search = async (desk, asker, text, part) => {
  const filter = text === '' ? undefined : { text: textSaid(text) };
  const { rows, whyNone } = await partOf(
    (page) => listRequests(desk, asker, { which: 'all', status: undefined, filter, page }),
    'all requests',
    part,
  );
  return {
    whyNone,
    found: rows.map((request) => ({
      title: `${request.reference} ${request.terms.recommendation.title}`,
      detail: [statusMark(request).word, request.requester.name].join(' · '),
      card: sharedCard(`Request ${request.reference}`, '', { verb: 'show-request', reference: request.reference }),
    })),
  };
};

/** By the commands of the message extension in the manifest. What waits longest, ends soonest or is worst comes first, as in the lists of the bot. */
export const searches: Readonly<Record<'recommendations' | 'exemptions' | 'requests', Search>> = {
  recommendations,
  exemptions,
  requests,
};
