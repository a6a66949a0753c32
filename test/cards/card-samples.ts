import { longestScope, longestSearch } from '../../src/cards/actions.ts';
import { longestFilters, longestInRows, meantOf } from '../../src/cards/recommendation/list-filters.ts';
import { alertCard } from '../../src/cards/alert/alert-card.ts';
import type { Card } from '../../src/cards/render-card.ts';
import { exemptionsCard } from '../../src/cards/exemption/exemptions-card.ts';
import { commandsCard } from '../../src/cards/commands-card.ts';
import { homeCard } from '../../src/cards/home-card.ts';
import { helpCard } from '../../src/cards/help-card.ts';
import { helpWords, type Helped } from '../../src/cards/help-words.ts';
import { whyCard } from '../../src/cards/request/why-card.ts';
import { mentioning } from '../../src/cards/alert/mention.ts';
import { messageCard } from '../../src/cards/message-card.ts';
import { exemptedCard } from '../../src/cards/recommendation/exempted-card.ts';
import { recommendationCard } from '../../src/cards/recommendation/recommendation-card.ts';
import { recommendationsCard } from '../../src/cards/recommendation/recommendations-card.ts';
import { scoreCard } from '../../src/cards/recommendation/score-card.ts';
import { statusCard } from '../../src/cards/report/status-card.ts';
import { unclaimedDraftCard } from '../../src/cards/request/unclaimed-draft-card.ts';
import { requestsCard } from '../../src/cards/request/requests-card.ts';
import { usualPageSize, type ListPage } from '../../src/core/list-page.ts';

import { digestSamples } from './digest-samples.ts';
import { longList, longQuery } from './long-query.ts';
import { exemptionSamples } from './exemption-samples.ts';
import { requestSamples } from './request-samples.ts';
import { now, personId, sampleData, timeZone, tokenOf, type Flavour } from './sample-data.ts';

const firstPage = <Row>(rows: readonly Row[]): ListPage<Row> => ({
  rows: rows.slice(0, usualPageSize),
  number: 1,
  size: usualPageSize,
  found: rows.length,
  isOpen: false,
});

/** Every card there is, in a flavour. */
export const cardSamples = (flavour: Flavour) => {
  const { text, rows } = flavour;
  const {
    many,
    recommendation,
    assessment,
    assignmentNames,
    exemption,
    request,
    exemptionRow,
    list,
    secureScore,
    alert,
  } = sampleData(flavour);
  return {
    ...Object.fromEntries(
      (Object.keys(helpWords) as Helped[]).map((helped) => [
        `help for ${helped}`,
        helpCard({ helped, reads: text('rg-shop-prod'), note: 'Exemption Desk is installed.' }),
      ]),
    ),
    home: homeCard({
      numbers: {
        toDecide: { kind: 'counted', found: 1000, isOpen: true },
        mine: { kind: 'counted', found: rows, isOpen: false },
        endingSoon: { kind: 'unread', because: text('Azure Resource Graph did not answer.') },
        open: { kind: 'no-role' },
      },
      countedAt: now,
      openCountedAt: now,
      timeZone,
    }),
    commands: commandsCard({
      inChannel: true,
      groups: [
        {
          title: text('For everybody'),
          commands: [
            {
              usage: text('recommendations [text] [severity:high] [sub:name]'),
              description: text('Open recommendations, worst first'),
            },
            {
              usage: text('exempt <resource> from <recommendation>'),
              description: text('The request form, prefilled'),
            },
          ],
        },
        {
          title: text('For approvers'),
          commands: [{ usage: text('approve EX-12AB [comment]'), description: text('Approve a request') }],
        },
      ],
    }),
    recommendations: recommendationsCard({ ...longList(flavour), query: longQuery(flavour, longestFilters) }),
    'recommendations that open narrowed': recommendationsCard({
      ...longList(flavour),
      query: longQuery(flavour, longestInRows),
    }),
    recommendation: recommendationCard({
      recommendation,
      unhealthy: firstPage(many(assessment('unhealthy'))),
      exempt: 25,
      healthy: 1200,
      notApplicable: 3,
      narrowed: {
        meant: meantOf(longQuery(flavour, longestFilters)) ?? {},
        owner: text('Alice Anders'),
        all: 1208,
        changed: 2,
      },
      exempted: many((index) => ({
        assessment: assessment('exempt')(index),
        exemption: index === 0 ? undefined : exemption(index),
        madeIn: index === 1 ? ('defender' as const) : ('policy' as const),
        request: index === 2 ? request('effective') : undefined,
      })),
      controls: many((index) => text(`Encrypt data in transit ${index}`)),
      waiting: {
        found: 12,
        rows: many((index) => ({
          request: request('pending', `EX-1${String(index).padStart(3, '0')}`),
          places: text('stshopprod0'),
        })).slice(0, 3),
      },
      heldBy: assignmentNames,
      gain: 0.0213,
      covers: list.covers,
      search: text('web').slice(0, longestSearch),
      tokenOf,
      ticks: { draftId: 'd3b0-7384', resources: many(assessment('unhealthy')), lost: 1 },
      timeZone,
    }),
    'recommendation of one resource': recommendationCard({
      narrowed: undefined,
      recommendation,
      unhealthy: firstPage([assessment('unhealthy')(0)]),
      exempt: 0,
      healthy: 0,
      notApplicable: 0,
      exempted: [],
      controls: [],
      waiting: { found: 0, rows: [] },
      heldBy: assignmentNames,
      gain: undefined,
      covers: list.covers,
      search: assessment('unhealthy')(0).resourceId,
      tokenOf,
      ticks: undefined,
      timeZone,
    }),
    'recommendation without policy': recommendationCard({
      recommendation: { ...recommendation, policyDefinitionId: undefined },
      unhealthy: firstPage(many(assessment('unhealthy'))),
      exempt: 0,
      healthy: 0,
      notApplicable: 0,
      narrowed: undefined,
      exempted: [],
      controls: undefined,
      waiting: { found: 0, rows: [] },
      heldBy: [],
      gain: undefined,
      covers: list.covers,
      search: text('web').slice(0, longestSearch),
      tokenOf,
      ticks: undefined,
      timeZone,
    }),
    'exempt resources': exemptedCard({
      recommendation,
      page: firstPage(
        many((index) => ({
          assessment: assessment('exempt')(index),
          exemption: index === 0 ? undefined : exemption(index),
          madeIn: index === 1 ? ('defender' as const) : ('policy' as const),
          request: index === 2 ? request('effective') : undefined,
        })),
      ),
      covers: list.covers,
      note: '',
      timeZone,
    }),
    ...requestSamples(flavour),
    requests: requestsCard({
      now,
      page: firstPage(
        many((index) =>
          request((['pending', 'failed', 'rejected'] as const)[index % 3]!, `EX-1${String(index).padStart(3, '0')}`),
        ),
      ),
      labels: new Map(many((index) => [`EX-1${String(index).padStart(3, '0')}`, text('stshopprod0, stshopprod1')])),
      query: { which: 'all', status: 'expired', page: 1 },
      whyEmpty: list.whyEmpty,
      note: list.note,
      timeZone,
    }),
    'requests to decide': requestsCard({
      now,
      page: firstPage(many((index) => request('pending', `EX-1${String(index).padStart(3, '0')}`))),
      labels: new Map(many((index) => [`EX-1${String(index).padStart(3, '0')}`, text('stshopprod0, stshopprod1')])),
      query: { which: 'to-decide', status: 'any', severity: 'high', sort: 'end', page: 1 },
      whyEmpty: undefined,
      note: list.note,
      decidesHere: true,
      timeZone,
    }),
    exemptions: exemptionsCard({
      ...list,
      page: firstPage(many(exemptionRow)),
      counts: { active: 7, expiring: 12, expired: 3, 'never-expires': 1200, orphaned: 0, outside: 4 },
      query: { text: text('import'), filter: 'expiring', withinDays: 30, page: 1 },
      now,
      timeZone,
    }),
    scores: scoreCard({
      ...list,
      scores: many((index) => secureScore(index)),
      unscored: many((index) => text(`shop-${index}`)),
      query: { subscription: text('Contoso').slice(0, longestScope), page: 1 },
    }),
    'score of one subscription': scoreCard({
      ...list,
      scores: [secureScore(0)],
      unscored: [],
      query: { subscription: '', page: 1 },
    }),
    ...exemptionSamples(flavour),
    ...digestSamples(flavour),
    'alert that mentions people': mentioning(alertCard(alert(0)), [personId, personId]),
    status: statusCard(
      {
        now,
        readOnly: undefined,
        published: {
          kind: 'container' as const,
          isReadable: true,
          last: { sequence: 1204, hash: 'f'.repeat(64), at: new Date('2026-11-20T09:00:00Z') },
          isBehind: false,
          isHeld: true,
        },
        lastSweep: now,
        hiddenGroups: 0,
        readings: [
          { part: 'scopes', slices: 1, oldest: now },
          { part: 'deny-assignments', slices: rows, oldest: now },
        ],
        subscriptions: 300,
        azure: [
          { service: 'Azure Resource Graph', answeredAt: now, failing: undefined },
          { service: 'Azure Resource Manager', answeredAt: undefined, failing: { since: now, last: now } },
        ],
        blind: rows > 20 ? { since: now, reason: text('Azure shows Exemption Desk no subscription.') } : undefined,
        sweepTook: 1234,
        sweepReading: { way: 'compared', readAllAt: now, why: 'changed', times: undefined },
        sweepMinutes: 5,
        alerts: { waiting: rows, longestWaitingSince: rows === 0 ? undefined : now, held: rows, sent: 40, unknowns: 2 },
        jobs: { waiting: many((index) => ({ job: 'publish-request', count: index, seconds: 30 * index })), givenUp: 0 },
        cleanupsGivenUp: rows,
        targets: many((index) => ({
          target: `webhooks/security-operations-centre-${index}`,
          waiting: index,
          oldestSince: now,
          ambiguous: index,
          dead: index,
          whyDead: text('It did not answer.'),
          failures: index,
          lastFailure: text('It did not answer.'),
          pausedUntil: undefined,
          off: index === 1 ? { since: now, reason: text('It wants nothing any more.') } : undefined,
          lastSentAt: now,
        })),
        unreached: { people: rows, messages: 2 * rows },
        undelivered: {
          places: 3 * rows,
          worst: many((index) => ({
            where: text('#security-alerts'),
            reason: text('Teams refused it (403): Exemption Desk was removed from there.'),
            places: 1 + (index % 2),
            alerts: 1 + index,
          })).slice(0, 10),
        },
      },
      timeZone,
    ),
    why: whyCard({
      reference: 'EX-12AB',
      title: recommendation.title,
      standing: 'waiting for approval',
      sections: [{ heading: 'Approvals', lines: many((index) => text(`2 needed, ${index} given.`)) }],
    }),
    'draft to claim': unclaimedDraftCard({
      ...{ id: 'a'.repeat(32), title: text(recommendation.title) },
      scopeLabels: Array.from({ length: rows }, () => text('rg-shop-prod')),
    }),
    message: messageCard({ title: 'Request discarded', text: text('Nothing was sent.'), buttons: [] }),
    'message of a clean-up under way': messageCard({
      title: 'Clean-up under way',
      text: '12 of 40 deleted, 1 left.',
      progress: { done: 12, of: 40 },
      buttons: [],
    }),
  } satisfies Record<string, Card>;
};
