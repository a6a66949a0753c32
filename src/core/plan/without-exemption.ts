import published from './recommendations-without-exemption.json' with { type: 'json' };
import type { Obstacle } from './obstacle.ts';

const plain = (title: string): string =>
  title
    .replace(/[[(]preview[\])]:?/gi, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();

const known = new Set(published.titles.map(plain));

/**
 * A warning for a recommendation that Microsoft lists as not supporting exemption. It never blocks: the list has been wrong before, and
 * Azure decides.
 */
export const unsupportedBy = (title: string): Obstacle | undefined =>
  known.has(plain(title))
    ? {
        code: 'unsupported',
        kind: 'warning',
        sentence: `Microsoft's list of ${published.asOf} says that this recommendation does not support exemption. Azure may accept the exemption, but Defender for Cloud may ignore it.`,
      }
    : undefined;
