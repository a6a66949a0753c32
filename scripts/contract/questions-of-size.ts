import { isAtOrUnder, nameOf, normalId } from '../../src/core/tenant/arm-id.ts';
import { noChangeTimes, showTheSame, withChangeTimes } from '../../src/core/inventory/change-times.ts';
import { page, rowsOf, some, verdict, type Row } from './ask-graph.ts';
import type { Check } from './check.ts';
import { NotSeen } from './finding.ts';
import { allExemptions, hierarchyOf, leading, someSubscription } from './subject.ts';

const pinnedVersions: Check = {
  title: 'an assignment names the version of its initiative as 1.*.*, 1.2.* or with -preview',
  run: async (subject) => {
    const rows = await rowsOf(
      subject,
      "policyresources | where type == 'microsoft.authorization/policyassignments' | extend version = tostring(properties.definitionVersion) | where version != '' | project id, version | order by id asc",
    );
    const fitting = some(rows, 'assignment with a version').filter(({ version }) =>
      /^\d+\.(\d+|\*)(\.\*)?(-preview)?$/.test(String(version)),
    );
    return { seen: `${fitting.length} of ${rows.length}`, verdict: verdict(fitting.length === rows.length) };
  },
};

const scoreQuery =
  "securityresources | where type == 'microsoft.security/securescores' | extend environment = tostring(properties.environment) | project id, name, subscriptionId, environment | order by id asc";
const isOfConnector = ({ id }: Row): boolean => /\/securityconnectors\//i.test(String(id));

const severalScores: Check = {
  title: 'a subscription has one secure score ascScore of the environment Azure, whatever others it has',
  run: async (subject) => {
    const rows = some(await rowsOf(subject, scoreQuery), 'secure score');
    const own = rows.filter((row) => !isOfConnector(row) && /^ascscore$/i.test(String(row.name)));
    const subscriptions = new Set(own.map(({ subscriptionId }) => subscriptionId));
    const names = [...new Set(rows.map(({ name }) => String(name)))].filter((name) => /^[A-Za-z]+$/.test(name));
    const holds =
      own.length === subscriptions.size && own.every(({ environment }) => /^(azure)?$/i.test(String(environment)));
    return { seen: `${own.length} among ${rows.length} scores, called ${names.join(', ')}`, verdict: verdict(holds) };
  },
};

const connectorScores: Check = {
  title: 'the score of a connector has securityConnectors in its id and another environment than Azure',
  run: async (subject) => {
    const rows = some((await rowsOf(subject, scoreQuery)).filter(isOfConnector), 'score of a connector');
    const environments = [...new Set(rows.map(({ environment }) => String(environment)))];
    return {
      seen: environments.filter((each) => /^\w+$/.test(each)).join(', '),
      verdict: verdict(environments.every((each) => !/^(azure)?$/i.test(each))),
    };
  },
};

const pagedSums: Check = {
  title: 'sums with a string id come page by page, none twice and none left out',
  run: async (subject) => {
    const query =
      "securityresources | where type == 'microsoft.security/assessments' | summarize open = count() by id = tostring(name) | order by id asc";
    const whole = some((await rowsOf(subject, query)).slice(0, 6), 'sum').map(({ id }) => id);
    const paged: unknown[] = [];
    let token: string | undefined;
    let pages = 0;
    do {
      const next = await page(subject, query, { $top: 2, ...(token === undefined ? {} : { $skipToken: token }) });
      paged.push(...next.data.map(({ id }) => id));
      token = next.$skipToken;
      pages += 1;
    } while (token !== undefined && pages < 3);
    const holds = JSON.stringify(paged) === JSON.stringify(whole);
    return { seen: `${paged.length} of ${whole.length} sums on ${pages} pages`, verdict: verdict(holds) };
  },
};

const sortedSums =
  "securityresources | where type == 'microsoft.security/assessments' | summarize open = count() by id = tolower(name) | order by open desc, id asc";
const skippedRows = 2;

const isSorted = (rows: readonly Row[]): boolean =>
  rows.every((row, index) => {
    const before = rows[index - 1];
    if (before === undefined) return true;
    const [more, less] = [Number(before.open), Number(row.open)];
    return more > less || (more === less && String(before.id) < String(row.id));
  });

/** Lists of recommendations and what is read ahead lean on it: both begin in the middle of an answer. */
const skippedPages: Check = {
  title: '$skip leaves out the first rows of a sorted answer, and each part counts all rows',
  run: async (subject) => {
    const whole = await page(subject, sortedSums);
    if (whole.data.length <= 2 * skippedRows) throw new NotSeen('there are too few recommendations here');
    const part = await page(subject, sortedSums, { $skip: skippedRows, $top: skippedRows });
    const expected = whole.data.slice(skippedRows, 2 * skippedRows);
    const failings = [
      ...(isSorted(whole.data) ? [] : ['the answer is not sorted']),
      ...(JSON.stringify(part.data) === JSON.stringify(expected) ? [] : ['the part has other rows']),
      ...(part.totalRecords === whole.totalRecords ? [] : ['the part counts other rows']),
    ];
    return {
      seen: failings.length === 0 ? `rows 3 and 4 of ${whole.data.length}` : failings.join(', '),
      verdict: verdict(failings.length === 0),
    };
  },
};

const denialsBelow: Check = {
  title: 'the deny assignments of a subscription include those below it',
  run: async (subject) => {
    const { subscriptions } = await hierarchyOf(subject);
    for (const { id } of subscriptions.slice(0, 20)) {
      const answer = (await subject.askAside({
        method: 'GET',
        path: `${id}/providers/Microsoft.Authorization/denyAssignments`,
        apiVersion: '2022-04-01',
      })) as { readonly value: readonly { readonly properties: { readonly scope?: string } }[] };
      const below = answer.value.filter(
        ({ properties: { scope = '' } }) => isAtOrUnder(scope, id) && normalId(scope) !== normalId(id),
      );
      if (below.length > 0) return { seen: `${below.length} below one of the subscriptions`, verdict: 'matches' };
    }
    throw new NotSeen('no subscription that was asked has one below it');
  },
};

const standardAssignments: Check = {
  title: 'Resource Graph lists the standardAssignments that Resource Manager lists for a subscription',
  run: async (subject) => {
    const scope = await someSubscription(subject);
    const answer = (await subject.askAside({
      method: 'GET',
      path: `${scope}/providers/Microsoft.Security/standardAssignments`,
      apiVersion: '2024-08-01',
    })) as { readonly value: readonly { readonly id: string }[] };
    const rows = await rowsOf(
      subject,
      `securityresources | where type == 'microsoft.security/standardassignments' | where tolower(id) contains '${nameOf(scope).toLowerCase()}' | project id | order by id asc`,
    );
    if (answer.value.length === 0) throw new NotSeen('Resource Manager lists none for the subscription');
    const known = new Set(rows.map(({ id }) => normalId(String(id))));
    const missing = answer.value.filter(({ id }) => isAtOrUnder(id, scope) && !known.has(normalId(id)));
    return { seen: `${rows.length} and ${answer.value.length}`, verdict: verdict(missing.length === 0) };
  },
};

/** Where it does not hold, the sweep reads every exemption each time. */
const datedExemptions: Check = {
  title: 'every exemption says when it was last changed, and Resource Graph sums that up as listing them does',
  run: async (subject) => {
    const { everyExemption } = subject.azure;
    const asked = await leading(everyExemption.changeTimes());
    const read = withChangeTimes(
      noChangeTimes,
      some(await allExemptions(subject), 'exemption').map(({ changedAt }) => changedAt),
    );
    const said =
      asked === undefined ? 'Resource Graph refuses the question' : `${asked.dated} of ${asked.count} say so`;
    return {
      seen: `${said}; listed: ${read.dated} of ${read.count}`,
      verdict: verdict(asked !== undefined && showTheSame(asked, read)),
    };
  },
};

const decisionMs = 2000;

const latency: Check = {
  title: 'the permissions for a decision are read within 2 seconds',
  run: async (subject) => {
    const scope = await someSubscription(subject);
    const from = performance.now();
    await leading(subject.azure.forDecision(subject.person(), [scope]));
    const milliseconds = Math.round(performance.now() - from);
    return { seen: `${milliseconds} ms`, verdict: verdict(milliseconds < decisionMs) };
  },
};

/** Questions about large and untidy tenants that public sources left open. */
export const questionsOfSize: readonly Check[] = [
  pinnedVersions,
  severalScores,
  connectorScores,
  pagedSums,
  skippedPages,
  denialsBelow,
  standardAssignments,
  datedExemptions,
  latency,
];
