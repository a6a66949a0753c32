import { createMetrics } from '../../src/observe/metrics.ts';

const pulse = {
  now: new Date(),
  lastSweep: undefined,
  readings: [],
  hiddenGroups: 2,
  blind: undefined,
  readOnly: undefined,
  alerts: { waiting: 0, longestWaitingSince: undefined, held: 0, unknowns: 0, sentInADay: 0 },
  jobs: { givenUp: 0, waiting: [] },
  targets: [],
  published: { kind: 'container', isReadable: true, last: undefined, isBehind: false, isHeld: true },
};

describe('the numbers for the monitoring', () => {
  it('do not claim a look at Azure, or a quota, before there was one', async () => {
    const { page, observe } = createMetrics();
    const before = (await page(async () => pulse as never)).body;
    expect(before).toMatch(/^exemption_desk_blind 0$/m);
    expect(before).not.toMatch(
      /^exemption_desk_(last_sweep_age_seconds|resource_graph_quota_left|ledger_published_age_seconds) /m,
    );
    expect(before).toMatch(/^exemption_desk_ledger_published_held 1$/m);

    observe({ what: 'azure-call', service: 'resource-graph', method: 'POST', status: 200, milliseconds: 5, left: 14 });
    const readings = [{ part: 'scopes', slices: 1, oldest: new Date(pulse.now.getTime() - 90_000) }];
    const after = (await page(async () => ({ ...pulse, lastSweep: pulse.now, readings }) as never)).body;
    expect(after).toMatch(/^exemption_desk_mirror_age_seconds\{part="scopes"\} 90$/m);
    expect(after).toMatch(/^exemption_desk_last_sweep_age_seconds 0$/m);
    expect(after).toMatch(/^exemption_desk_approver_groups_hidden 2$/m);
    expect(after).toMatch(/^exemption_desk_resource_graph_quota_left 14$/m);
  });

  it.each([
    ['fails', () => Promise.reject(new Error('Away.'))],
    ['is silent', () => new Promise<never>(() => undefined)],
  ])('of the process are there while the database %s, and those of the database are not', async (_how, away) => {
    const { page, observe } = createMetrics(20);
    observe({ what: 'decision', event: 'approved', reference: 'EX-AAAA' });
    expect((await page(async () => pulse as never)).body).toMatch(/^exemption_desk_database_up 1$/m);

    const { body } = await page(away);
    expect(body).toMatch(/^exemption_desk_database_up 0$/m);
    expect(body).toMatch(/^exemption_desk_request_events_total\{event="approved"\} 1$/m);
    expect(body).not.toMatch(/^exemption_desk_(blind|read_only|alerts_waiting) /m);
  });
});
