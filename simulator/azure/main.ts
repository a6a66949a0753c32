import { parseArgs } from 'node:util';
import { createClock } from '../clock.ts';
import { createTenant } from '../tenant/contoso/create-tenant.ts';
import { startAzureSimulator } from './server.ts';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '3980' }, scale: { type: 'string', default: '1' } },
});
const clock = createClock();
const tenant = createTenant({ now: () => clock.now(), scale: Number(values.scale) });
const { url } = await startAzureSimulator({ tenant, clock, port: Number(values.port) });
console.log(`Azure simulator ready at ${url}`);
