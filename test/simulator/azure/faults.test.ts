import { createFaults } from '../../../simulator/azure/arm/faults.ts';
import { exemptionBody, exemptionPath, machine, openAzure, rowsOf } from './simulated-azure.ts';
import type { SimulatedAzure } from './simulated-azure.ts';

let azure: SimulatedAzure;
beforeEach(async () => {
  azure = await openAzure();
});
afterEach(() => azure.simulator.close());

const path = exemptionPath(machine('vm-shop-1'), 'one');
const fail = (fault: Record<string, unknown>) => azure.send('', 'POST', '/simulator/faults', fault);
const call = (method: string, signal?: AbortSignal) =>
  fetch(`${azure.simulator.url}${path}`, {
    method,
    headers: { authorization: 'Bearer bot' },
    ...(method === 'PUT' && { body: JSON.stringify(exemptionBody()) }),
    ...(signal !== undefined && { signal }),
  });

it.each([
  ['429', 429, 'application/json', '5'],
  ['500', 500, 'application/json', null],
  ['503', 503, 'application/json', null],
  ['html', 502, 'text/html', null],
])('answers %s as told, and changes nothing', async (kind, status, type, retryAfter) => {
  await fail({ kind, next: 1 });
  const reply = await call('PUT');
  expect([reply.status, reply.headers.get('retry-after')]).toEqual([status, retryAfter]);
  expect(reply.headers.get('content-type')).toContain(type);
  expect((await call('GET')).status).toBe(404);
});

it('breaks connections, with or without having done what was asked', async () => {
  await fail({ kind: 'reset', next: 1 });
  await expect(call('PUT')).rejects.toThrow();
  expect((await call('GET')).status).toBe(404);
  await fail({ kind: 'reset', next: 1, afterwards: true });
  await expect(call('PUT')).rejects.toThrow();
  expect((await call('GET')).status).toBe(200);
  expect(azure.simulator.requests().map(({ status }) => status)).toEqual([0, 404, 0, 200]);
});

it('answers late, or never', async () => {
  await fail({ kind: 'timeout' });
  const asked = new AbortController();
  const hanging = call('GET', asked.signal);
  await fail({ kind: 'latency', milliseconds: 1 });
  asked.abort();
  await expect(hanging).rejects.toThrow('aborted');
  await azure.send('', 'DELETE', '/simulator/faults');
  await fail({ kind: 'latency', milliseconds: 1 });
  expect((await call('PUT')).status).toBe(201);
});

it('throttles queries in Resource Graph’s words, and only calls that fit', async () => {
  await fail({ kind: 429, match: 'resourcegraph', milliseconds: 2000 });
  const throttled = await azure.query('bot', 'resources | count');
  expect(throttled.status).toBe(429);
  expect(throttled.json).toMatchObject({ error: { code: 'RateLimiting', details: [{ code: 'RateLimiting' }] } });
  expect(['retry-after', 'x-ms-user-quota-remaining'].map((name) => throttled.headers.get(name))).toEqual(['2', '0']);
  expect((await call('GET')).status).toBe(404);
  await azure.send('', 'POST', '/simulator/faults/clear');
  expect(rowsOf(await azure.query('bot', 'resources | count'))).toHaveLength(1);
});

it('tells what is still to come, and refuses faults that it does not know', async () => {
  await fail({ kind: '503', next: 3, method: 'put' });
  expect((await call('GET')).status).toBe(404);
  expect((await call('PUT')).status).toBe(503);
  expect((await azure.send('', 'GET', '/simulator/faults')).json).toEqual({
    faults: [{ kind: '503', next: 2, method: 'put' }],
  });
  for (const wrong of [{ kind: 'earthquake' }, { kind: '500', share: 2 }, { kind: '500', often: true }, undefined])
    expect((await fail(wrong as never)).status).toBe(400);
});

it('hits the same share of the calls in every run', () => {
  const run = (share: number): string => {
    const faults = createFaults();
    faults.add({ kind: '500', share });
    return Array.from({ length: 200 }, () =>
      faults.due({ method: 'GET', path: '/x', query: '' }) === undefined ? '.' : 'x',
    ).join('');
  };
  expect(run(0.3)).toBe(run(0.3));
  expect(run(0.3).replaceAll('.', '').length).toBeGreaterThan(40);
  expect(run(0.3).replaceAll('.', '').length).toBeLessThan(80);
  expect([run(0), run(1)]).toEqual(['.'.repeat(200), 'x'.repeat(200)]);
});
