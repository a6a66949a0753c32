/** A recommendation about resources outside of Azure: Defender for Cloud assesses them, and no exemption of Azure Policy reaches them. */
export type CloudRecommendation = {
  readonly key: string;
  readonly title: string;
  /** "AWS", "GCP". */
  readonly clouds: readonly string[];
};

/** The name of a cloud as people write it. */
export const cloudName = (source: string): string =>
  ['aws', 'gcp'].includes(source.toLowerCase()) ? source.toUpperCase() : source;

/** The clouds of some recommendations in words: "AWS and GCP". */
export const cloudWords = (clouds: readonly string[]): string =>
  [...new Set(clouds)].toSorted((a, b) => a.localeCompare(b, 'en')).join(' and ');
