import { z } from 'zod';

const texts = z
  .array(z.string())
  .nullish()
  .transform((each) => each ?? undefined);

const selectorConditions = z
  .array(z.object({ kind: z.string().catch(''), in: texts, notIn: texts }))
  .nullish()
  .transform((each) => each ?? []);

/** The resource selectors of a policy assignment or an exemption. A condition of unknown shape is kept, as one of an unknown kind. */
export const resourceSelectors = z
  .array(z.object({ selectors: selectorConditions }))
  .nullish()
  .transform((each) => (each ?? []).map(({ selectors }) => selectors));

/** The parts of a policy assignment that its overrides switch off. */
export const switchedOff = z
  .array(z.object({ kind: z.string().catch(''), value: z.unknown(), selectors: selectorConditions }))
  .nullish()
  .transform((overrides): readonly string[] | 'all' => {
    const off = (overrides ?? []).filter(
      ({ kind, value }) =>
        kind.toLowerCase() === 'policyeffect' && typeof value === 'string' && value.toLowerCase() === 'disabled',
    );
    if (off.some(({ selectors }) => selectors.length === 0)) return 'all';
    // An override that also selects by location switches off only a part, so it does not count.
    const whole = off.filter(({ selectors }) =>
      selectors.every(({ kind }) => kind.toLowerCase() === 'policydefinitionreferenceid'),
    );
    return whole.flatMap(({ selectors }) => selectors.flatMap((condition) => condition.in ?? []));
  });
