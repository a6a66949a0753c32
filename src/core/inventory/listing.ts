import { nameOf, normalId } from '../tenant/arm-id.ts';
import type { Exemption } from '../exemption/exemption.ts';
import type { Recommendation } from '../tenant/recommendation.ts';
import type { SeenExemption } from './seen-exemption.ts';

type Known = Pick<Recommendation, 'key' | 'title' | 'severity'>;

/** The recommendations of an exemption, kept once for all exemptions that have the same. `id` is a digest. */
export type RecommendationSet = { readonly id: string; readonly recommendations: readonly Known[] };

/** What lists need of an exemption of Azure Policy beyond what `SeenExemption` holds: worked out by the sweep, so that no list has to. */
export type Listing = {
  readonly exemption: Pick<Exemption, 'id' | 'scope' | 'expiresAt' | 'createdBy'>;
  /** Equal for two sweeps if nothing changed that a list shows. */
  readonly digest: string;
  /** Equal for exemptions made together; see `occasionKey`. A digest. */
  readonly occasion: string;
  /** The reference of its request; undefined: made outside Exemption Desk. */
  readonly reference: string | undefined;
  readonly recommendations: RecommendationSet;
  readonly wholeInitiative: boolean;
  /** Undefined: no policy assignment with that id is visible. */
  readonly assignmentName: string | undefined;
  /** Everything but its recommendations that a search looks in; see `searchable`. */
  readonly search: string;
};

type Together = {
  readonly exemption: Pick<Exemption, 'id' | 'scope' | 'category' | 'expiresAt' | 'createdBy'>;
  readonly recommendations: readonly Pick<Recommendation, 'key'>[];
  readonly reference: string | undefined;
  readonly assignmentGone: boolean;
};

/**
 * A key that is equal for exemptions made together: for the same recommendations at the same scope, by the same person, until the same
 * expiry. The state needs no place in it: those with the same expiry expire together.
 */
export const occasionKey = ({ exemption, recommendations, reference, assignmentGone }: Together): string =>
  JSON.stringify([
    normalId(exemption.scope),
    recommendations.map(({ key }) => key),
    exemption.category,
    exemption.expiresAt,
    reference ?? exemption.createdBy,
    // Without a recommendation nothing shows that these were made together.
    assignmentGone || recommendations.length === 0 ? exemption.id : '',
  ]);

/** No text holds it, so that a search finds nothing across two of them. */
const between = '\u0001';

/** Texts as one, for a search: in lower case, each apart from the next. */
export const searchable = (texts: readonly string[]): string =>
  texts.map((text) => text.toLowerCase().replaceAll('\0', '')).join(between);

/** The recommendations as kept once. */
export const recommendationSet = (
  recommendations: readonly Known[],
  hash: (text: string) => string,
): RecommendationSet => {
  const plain = recommendations.map(({ key, title, severity }) => ({ key, title, severity }));
  return { id: shortDigest(hash(JSON.stringify(plain))), recommendations: plain };
};

/** What a search looks in of them. */
export const recommendationSearch = ({ recommendations }: RecommendationSet): string =>
  searchable(recommendations.map(({ title }) => title));

/** What is found out about an exemption for lists. */
export type ListingFacts = Pick<Listing, 'reference' | 'recommendations' | 'wholeInitiative' | 'assignmentName'> & {
  readonly exemption: Listing['exemption'] & Pick<SeenExemption, 'category' | 'displayName' | 'createdAt'>;
  /** Of what the sweep compares; see `fingerprintOf`. */
  readonly fingerprint: string;
  readonly scopeLabel: string;
};

/** As long as a UUID, which databases keep in 16 bytes. */
const shortDigest = (digest: string): string => digest.slice(0, 32);

/** The digest of a listing. Every sweep needs it of every exemption, but the listing only of those where it changed. */
export const listingDigest = (facts: ListingFacts, hash: (text: string) => string): string => {
  const { exemption, fingerprint, scopeLabel, reference, recommendations, wholeInitiative, assignmentName } = facts;
  const { createdBy, createdAt } = exemption;
  const shown = [fingerprint, createdBy, createdAt, scopeLabel, reference, recommendations.id, wholeInitiative];
  return shortDigest(hash(JSON.stringify([...shown, assignmentName])));
};

/** An exemption with what was found out about it, ready for lists. Pure. */
export const listingOf = (facts: ListingFacts, hash: (text: string) => string): Listing => {
  const { exemption, scopeLabel, reference, recommendations, wholeInitiative, assignmentName } = facts;
  const { id, scope, expiresAt, createdBy, displayName } = exemption;
  const occasion = occasionKey({
    exemption,
    recommendations: recommendations.recommendations,
    reference,
    assignmentGone: assignmentName === undefined,
  });
  return {
    exemption: { id, scope, expiresAt, createdBy },
    digest: listingDigest(facts, hash),
    occasion: shortDigest(hash(occasion)),
    reference,
    recommendations,
    wholeInitiative,
    assignmentName,
    search: searchable([displayName, nameOf(id), scopeLabel]),
  };
};
