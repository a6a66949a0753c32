import type { Exemption } from '../../core/exemption/exemption.ts';
import { fingerprintOf, seenOf, type Sighting } from '../../core/inventory/seen-exemption.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import type { Desk } from '../desk.ts';
import { findUnfamiliar } from './find-unfamiliar.ts';
import type { Touched } from './gather-touched.ts';
import { judgeFound, type Continued, type Verdict } from './judge-found.ts';
import type { SweepLook } from './look-around.ts';

export type Changed = Extract<Verdict, { kind: 'changed' }>;

/** What happened to the exemptions of a portion. Ids are normal ids. */
export type News = {
  readonly made: ReadonlyMap<string, Sighting>;
  readonly changed: ReadonlyMap<string, Changed>;
  readonly continued: ReadonlyMap<string, Continued>;
  /** Those whose expiry reached a reminder step or passed. */
  readonly due: ReadonlySet<string>;
  /** Those that were missing before. */
  readonly returned: ReadonlySet<string>;
  /** All of them, as Azure shows them now. */
  readonly live: ReadonlyMap<string, Exemption>;
  /** How many are left for a later sweep to judge. */
  readonly leftOpen: number;
};

/** Judges the exemptions of a portion anew: what was read of them before was let go, so that it does not have to fit in memory. */
export const judgePortion = async (desk: Desk, look: SweepLook, portion: readonly Touched[]): Promise<News> => {
  const idsOf = (some: readonly Touched[]): Set<string> => new Set(some.map(({ exemption: { id } }) => normalId(id)));
  const news = {
    made: new Map<string, Sighting>(),
    changed: new Map<string, Changed>(),
    continued: new Map<string, Continued>(),
    due: idsOf(portion.filter(({ isDue }) => isDue)),
    returned: idsOf(portion.filter(({ isBack }) => isBack)),
    live: new Map(portion.map(({ exemption }) => [normalId(exemption.id), exemption])),
    leftOpen: 0,
  };
  if (portion.length === 0) return news;
  const known = await desk.database.seen.inBrief([...news.live.keys()]);
  const page = portion.map(({ exemption }) => ({
    exemption,
    fingerprint: fingerprintOf(seenOf(exemption, desk.hash), exemption.requestReference, desk.hash),
  }));
  for (const found of await findUnfamiliar(desk, page, known)) {
    const verdict = judgeFound(desk, look, found);
    const id = normalId(found.exemption.id);
    if (verdict.kind === 'made') news.made.set(id, verdict.now);
    else if (verdict.kind === 'changed') news.changed.set(id, verdict);
    else if (verdict.kind === 'continued') news.continued.set(id, verdict);
    // It stopped being news while the others were read: the next sweep sees it as it is then.
    else news.leftOpen += 1;
  }
  return news;
};
