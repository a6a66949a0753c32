import type { ExemptionRequest } from '../../../src/core/request/request.ts';
import { requestStatuses } from '../../../src/core/request/request-status.ts';
import { heldIds } from '../../../src/core/request/exemption-claims.ts';
import type { OpenStore } from '../../../src/store/open-store.ts';
import { engines } from '../engines.ts';
import { bob, pendingRequest } from '../samples.ts';

const now = new Date('2026-11-28T12:00:00Z');
const hours = (count: number) => new Date(now.getTime() - count * 3_600_000);

for (const { engine, open, whyNot } of engines) {
  (whyNot === undefined ? describe : describe.skip)(whyNot ?? `what is due of requests, on ${engine}`, () => {
    let opened: OpenStore;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());
    beforeEach(async () => {
      await opened.sqlForJobs.executeSql(
        'delete from requests; delete from request_scopes; delete from request_targets',
      );
    });

    const keep = async (name: string, changes: Partial<ExemptionRequest> = {}) => {
      const request = pendingRequest(`EX-${name}`, changes);
      await opened.store.requests.add(request);
      return request;
    };
    const namesOf = async (portions: AsyncIterable<ExemptionRequest[]>) => {
      const names: string[] = [];
      for await (const portion of portions) names.push(...portion.map(({ reference }) => reference.slice(3)));
      return names.sort();
    };
    const terms = (expiresAt: Date | undefined) => ({ ...pendingRequest('EX-X').terms, expiresAt });

    it('is to be watched when it lapses, is to be taken back, or has a reminder due', async () => {
      await keep('A-NEW', { waitingSince: hours(3.9) });
      await keep('B-REMIND', { waitingSince: hours(4) });
      await keep('C-REMINDED', { waitingSince: hours(23) });
      await keep('D-NEXT', { waitingSince: hours(24) });
      await keep('E-LAST', { waitingSince: hours(100) });
      await keep('F-LAPSES', { waitingSince: hours(7 * 24) });
      await keep('G-DECIDED', { waitingSince: hours(50), status: 'rejected' });
      await keep('H-ALARM', { waitingSince: hours(1), status: 'applied', emergency: { ratifyBy: hours(0) } });
      await keep('I-LATER', { waitingSince: hours(1), status: 'applied', emergency: { ratifyBy: hours(-1) } });
      await keep('J-ALARM', { waitingSince: hours(5), status: 'applied', emergency: { ratifyBy: hours(-60) } });
      const { requests } = opened.store;
      await requests.noteReminded('EX-C-REMINDED', hours(1));
      await requests.noteReminded('EX-D-NEXT', hours(1));
      await requests.noteReminded('EX-E-LAST', hours(1));
      await requests.noteReminded('EX-F-LAPSES', hours(1));

      expect(await namesOf(requests.toWatch(now))).toEqual(['B-REMIND', 'D-NEXT', 'F-LAPSES', 'H-ALARM', 'J-ALARM']);
      await requests.noteReminded('ex-b-remind', now);
      await requests.noteReminded('EX-D-NEXT', now);
      expect(await namesOf(requests.toWatch(now))).toEqual(['F-LAPSES', 'H-ALARM', 'J-ALARM']);
    });

    it('starts its reminders again with new terms', async () => {
      const request = await keep('TERMS', { waitingSince: hours(5) });
      const { requests } = opened.store;
      await requests.noteReminded(request.reference, hours(1));
      await requests.replace({ ...request, version: 2, waitingSince: hours(0) });
      expect(await namesOf(requests.toWatch(now))).toEqual([]);
      expect(await namesOf(requests.toWatch(hours(-4)))).toEqual(['TERMS']);
    });

    it('expires once it was written and its end has come', async () => {
      for (const status of requestStatuses) await keep(status, { status, terms: terms(hours(0)) });
      await keep('LATER', { status: 'effective', terms: terms(hours(-0.01)) });
      await keep('NEVER', { status: 'effective', terms: terms(undefined) });
      expect(await namesOf(opened.store.requests.toExpire(now))).toEqual(
        ['applied', 'effective', 'partly-applied'].map((each) => each.toUpperCase()),
      );
    });

    it('is written or taken back at last if that was decided some time ago', async () => {
      const decision = (hoursAgo: number) => ({ by: bob, at: hours(hoursAgo), comment: '' });
      const revocation = (hoursAgo: number) => ({ by: bob, at: hours(hoursAgo), reason: '' });
      for (const status of requestStatuses)
        await keep(status, { status, decision: decision(2), revocation: revocation(2) });
      await keep('FRESH', { status: 'approved', decision: decision(0.5), revocation: revocation(9) });
      await keep('TAKEN', { status: 'revoking', decision: decision(9), revocation: revocation(0.5) });
      await keep('BY-HAND', { status: 'revoking', decision: undefined, revocation: revocation(1) });
      expect(await namesOf(opened.store.requests.toResume(hours(1)))).toEqual(['APPROVED', 'BY-HAND', 'REVOKING']);
    });

    it('has lost everything only when no exemption is left', async () => {
      const [one, two] = pendingRequest('EX-X').targets.map(({ exemptionId }) => exemptionId) as [string, string];
      const kept = [
        await keep('NONE', { status: 'effective', absent: [one, two.toLowerCase()] }),
        await keep('ONE', { status: 'effective', absent: [one] }),
        await keep('BOTH', { status: 'applied', absent: [] }),
        await keep('OVER', { status: 'revoked', absent: [one, two] }),
      ];
      expect(kept.filter((each) => heldIds(each).length === 0).map(({ reference }) => reference)).toEqual([
        'EX-NONE',
        'EX-OVER',
      ]);
      expect(await namesOf(opened.store.requests.withoutExemption(now))).toEqual(['NONE']);
    });

    it('is followed until it is in effect, the fresh ones by themselves', async () => {
      await keep('FRESH', { status: 'applied', appliedAt: hours(0.5) });
      await keep('OLD', { status: 'partly-applied', appliedAt: hours(30) });
      await keep('UNKNOWN', { status: 'applied', appliedAt: undefined });
      await keep('OVER', { status: 'applied', appliedAt: hours(0.5), terms: terms(hours(0)) });
      await keep('DONE', { status: 'effective', appliedAt: hours(0.5) });
      const { toFollow } = opened.store.requests;
      expect(await namesOf(toFollow(now, undefined))).toEqual(['FRESH', 'OLD', 'UNKNOWN']);
      expect(await namesOf(toFollow(now, hours(1)))).toEqual(['FRESH', 'UNKNOWN']);
    });

    it('comes whole in portions, without what has changed meanwhile', async () => {
      for (let index = 0; index < 450; index += 1)
        await keep(`P${String(index).padStart(3, '0')}`, { status: 'effective', terms: terms(hours(1)) });
      const seen: string[] = [];
      for await (const portion of opened.store.requests.toExpire(now)) {
        expect(portion.length).toBeLessThanOrEqual(200);
        seen.push(...portion.map(({ reference }) => reference));
        for (const request of portion)
          await opened.store.requests.replace({ ...request, status: 'expired', version: 2 });
        const last = await opened.store.requests.find('EX-P000');
        if (last?.version === 1) await opened.store.requests.replace({ ...last, status: 'revoked', version: 2 });
      }
      expect(new Set(seen).size).toBe(449);
      expect(seen).toHaveLength(449);
    });
  });
}
