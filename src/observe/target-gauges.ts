import { Gauge, type Registry } from 'prom-client';
import type { TargetHealth } from '../core/connection/target-health.ts';

const labelNames = ['target'];

/** Numbers about the targets of connections, from the database. */
export const targetGauges = (
  name: (rest: string) => string,
  registers: Registry[],
): ((targets: readonly TargetHealth[], now: Date) => void) => {
  const gauge = (rest: string, help: string) => new Gauge({ name: name(rest), help, labelNames, registers });
  const works = gauge('connection_works', '0 while a target is switched off or its last attempts have failed.');
  const waiting = gauge('connection_waiting', 'Events that a target was not told yet.');
  const oldest = gauge('connection_oldest_seconds', 'How long the oldest of them has been waiting.');
  const ambiguous = gauge('connection_ambiguous', 'Of them, those that may have arrived already.');
  const dead = gauge('connection_dead', 'Events that a target was not told and that were given up.');
  return (targets, now) => {
    for (const each of [works, waiting, oldest, ambiguous, dead]) each.reset();
    for (const health of targets) {
      const { target, oldestSince } = health;
      works.set({ target }, health.off === undefined && health.failures === 0 ? 1 : 0);
      waiting.set({ target }, health.waiting);
      oldest.set({ target }, oldestSince === undefined ? 0 : (now.getTime() - oldestSince.getTime()) / 1000);
      ambiguous.set({ target }, health.ambiguous);
      dead.set({ target }, health.dead);
    }
  };
};
