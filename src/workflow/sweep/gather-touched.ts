import type { Exemption } from '../../core/exemption/exemption.ts';

/** An exemption that something happened to: new, changed, due, or in sight again. */
export type Touched = {
  readonly exemption: Exemption;
  /** Its expiry reached a reminder step or passed. */
  readonly isDue: boolean;
  /** It was missing before. */
  readonly isBack: boolean;
};

/** As many are worked on together, and more only if they belong to one unit. */
const inAPortion = 2000;

const revived = (key: string, value: unknown): unknown =>
  /^(expiresAt|createdAt|changedAt)$/.test(key) && typeof value === 'string' ? new Date(value) : value;

/**
 * Keeps the exemptions that something happened to until all exemptions were read. If everything changes at once they are as many as there are, so they
 * are kept as bytes outside the heap, and come back in portions that hold units whole: a unit is told once.
 */
export const gatherTouched = () => {
  const byUnit = new Map<string, Uint8Array[]>();
  const [encoder, decoder] = [new TextEncoder(), new TextDecoder()];
  const unpacked = (packed: Uint8Array): Touched => JSON.parse(decoder.decode(packed), revived) as Touched;
  return {
    add: (unitKey: string, touched: Touched): void => {
      const packed = encoder.encode(JSON.stringify(touched));
      const others = byUnit.get(unitKey);
      if (others === undefined) byUnit.set(unitKey, [packed]);
      else others.push(packed);
    },
    /** At least one portion, empty if nothing happened. */
    *portions(): Iterable<readonly Touched[]> {
      let portion: Uint8Array[] = [];
      for (const unit of byUnit.values()) {
        if (portion.length > 0 && portion.length + unit.length > inAPortion) {
          yield portion.map(unpacked);
          portion = [];
        }
        portion.push(...unit);
      }
      yield portion.map(unpacked);
    },
  };
};

export type Gathered = Pick<ReturnType<typeof gatherTouched>, 'portions'>;
