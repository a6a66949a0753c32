import { PGlite } from '@electric-sql/pglite';
const d = await PGlite.create('/dev/shm/dbg/database');
console.table((await d.query("select name,state,retry_count,start_after-now() as w, singleton_key, started_on, heartbeat_on, left(output::text,80) as o from pgboss.job where state in ('created','retry','active')")).rows);
console.table((await d.query("select reference,status from requests")).rows);
console.table((await d.query("select id,outcome,due_at,taken_until,attempts from alert_deliveries where outcome is null")).rows);
