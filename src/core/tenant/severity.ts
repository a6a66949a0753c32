/** The severities of recommendations, worst first. */
export const severities = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

export const isSeverity = (word: string): word is Severity => severities.some((each) => each === word);

/** A severity as Defender writes it. One that we do not know ranks high: nobody may overlook it. */
export const severityOf = (text: string): Severity => {
  const word = text.toLowerCase();
  return isSeverity(word) ? word : 'high';
};

/** The worst of some severities; undefined if there are none. */
export const worstSeverity = (among: readonly (Severity | undefined)[]): Severity | undefined =>
  severities.find((each) => among.includes(each));

/** Sorts the worse one first. */
export const bySeverityRank = (a: Severity, b: Severity): number => severities.indexOf(a) - severities.indexOf(b);

/**
 * Whether somebody who says one severity means another one: the same, and with high what is critical too. Rules and filters were written
 * before Defender had that severity.
 */
export const meansSeverity = (said: Severity, severity: Severity): boolean =>
  said === severity || (said === 'high' && severity === 'critical');
