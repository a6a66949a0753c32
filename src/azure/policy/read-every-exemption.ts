import { z } from 'zod';
import { inPieces } from '../../core/in-turn.ts';
import type { EveryExemption } from '../../core/inventory/every-exemption.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import { fill, isOneOf, queryNamed } from '../client/query-text.ts';
import type { ResourceGraph } from '../client/resource-graph.ts';
import { readDefenderExemptions } from './defender-exemption-source.ts';
import { exemptionFrom } from './exemption-json.ts';
import { readChangeTimes } from './read-change-times.ts';

const alsoInherited = { authorizationScopeFilter: 'AtScopeAboveAndBelow' } as const;

/** Reads every exemption that there is, for the sweep. */
export const createEveryExemption = (ask: ResourceGraph): EveryExemption => {
  const query = queryNamed('exemptions');
  const named = queryNamed('exemptions-named');
  const times = queryNamed('exemption-times');
  const timesOfDefender = queryNamed('defender-exemption-times');
  return {
    async *ofPolicy() {
      for await (const rows of ask.pages(z.unknown(), { ...alsoInherited, query }))
        yield await inPieces(rows, exemptionFrom);
    },
    async named(ids) {
      if (ids.length === 0) return [];
      const asked = fill(named, { named: isOneOf('id', ids.map(normalId)) });
      return (await ask(z.unknown(), { ...alsoInherited, query: asked })).map(exemptionFrom);
    },
    changeTimes: () => readChangeTimes(ask, { ...alsoInherited, query: times }),
    ofDefender: () => readDefenderExemptions(ask),
    changeTimesOfDefender: () => readChangeTimes(ask, { query: timesOfDefender }),
  };
};
