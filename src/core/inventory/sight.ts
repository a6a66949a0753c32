const fewAreNoSign = 5;

/** Whether so many known exemptions are missing at once that the bot has rather lost its sight than somebody has deleted them. */
export const looksLikeLossOfSight = ({ known, missing }: { known: number; missing: number }): boolean =>
  missing > fewAreNoSign && missing * 3 > known;
