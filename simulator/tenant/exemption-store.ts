import { normalised } from './arm-id.ts';
import type { PolicyExemption } from './policy-exemption.ts';

type Version = { readonly number: number; readonly from: number; readonly exemption: PolicyExemption | undefined };
/** The number changes with every write, so that a set of exemptions can be recognised. */
export type StoredExemption = { readonly number: number; readonly exemption: PolicyExemption };

/** Every version of every exemption, as JSON; `from` is null for one that everybody saw at once. */
export type ExemptionHistory = readonly {
  readonly id: string;
  readonly versions: readonly {
    readonly number: number;
    readonly from: number | null;
    readonly exemption?: PolicyExemption;
  }[];
}[];

export type ExemptionStore = {
  readonly find: (id: string) => PolicyExemption | undefined;
  readonly all: () => readonly PolicyExemption[];
  /** The exemptions at that time: late readers such as Resource Graph and Defender see this state. */
  readonly allAsOf: (time: Date) => readonly StoredExemption[];
  /** `settled` makes it visible to late readers at once. */
  readonly write: (exemption: PolicyExemption, options?: { readonly settled: boolean }) => void;
  readonly remove: (id: string) => void;
  /** Two times with equal numbers have the same exemptions: all writes so far, and those that came after that time. */
  readonly stateAsOf: (time: Date) => { readonly writes: number; readonly later: number };
  /** Without what was there before the store was sealed and has not changed since. */
  readonly history: () => ExemptionHistory;
  /** Exemptions that are there now belong to every run; the changes of an earlier run follow on them. */
  readonly seal: (kept: ExemptionHistory) => void;
};

const asJson = ({ number, from, exemption }: Version) => ({
  number,
  from: Number.isFinite(from) ? from : null,
  ...(exemption !== undefined && { exemption }),
});

const inEffectAt = (versions: readonly Version[], time: number): Version | undefined =>
  versions.findLast(({ from }) => from <= time);

/** Empty, or with the exemptions of an earlier store. */
export const createExemptionStore = (now: () => Date, kept: ExemptionHistory = []): ExemptionStore => {
  const history = new Map<string, Version[]>();
  let [writes, sealed] = [0, 0];
  /** The times of writes, the settled ones left out. */
  const times: number[] = [];
  const restore = (all: ExemptionHistory): void => {
    for (const { id, versions } of all) {
      const restored = versions.map(({ number, from, exemption }) => ({ number, from: from ?? -Infinity, exemption }));
      history.set(id, restored);
      for (const { number, from } of restored) {
        writes = Math.max(writes, number);
        if (Number.isFinite(from)) times.push(from);
      }
    }
    times.sort((left, right) => left - right);
  };
  restore(kept);
  const append = (id: string, exemption: PolicyExemption | undefined, from: number): void => {
    const before = history.get(normalised(id)) ?? [];
    writes += 1;
    if (Number.isFinite(from)) times.push(from);
    history.set(normalised(id), [...before, { number: writes, from, exemption }]);
  };
  const latest = (versions: readonly Version[]): PolicyExemption | undefined => versions.at(-1)?.exemption;
  return {
    find: (id) => latest(history.get(normalised(id)) ?? []),
    all: () => [...history.values()].map(latest).filter((exemption) => exemption !== undefined),
    allAsOf: (time) =>
      [...history.values()].flatMap((versions) => {
        const version = inEffectAt(versions, time.getTime());
        return version?.exemption === undefined ? [] : [{ number: version.number, exemption: version.exemption }];
      }),
    write: (exemption, options) =>
      append(exemption.id, exemption, options?.settled === true ? -Infinity : now().getTime()),
    remove: (id) => append(id, undefined, now().getTime()),
    stateAsOf: (time) => ({ writes, later: times.length - 1 - times.findLastIndex((from) => from <= time.getTime()) }),
    history: () =>
      [...history]
        .filter(([, versions]) => versions.some(({ number }) => number > sealed))
        .map(([id, versions]) => ({ id, versions: versions.map(asJson) })),
    seal: (changes) => {
      sealed = writes;
      restore(changes);
    },
  };
};
