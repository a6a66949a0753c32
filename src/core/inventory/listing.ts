import { nameOf, normalId } from '../tenant/arm-id.ts';
import type { Exemption, ExemptionFacts } from '../exemption/exemption.ts';
import type { Recommendation } from '../tenant/recommendation.ts';
import type { ListedExemption } from './listed-exemption.ts';

type Known = Pick<Recommendation, 'key' | 'title' | 'severity'>;

/** The recommendations of an exemption, kept once for all exemptions that have the same. `id` is a digest. */
export type RecommendationSet = { readonly id: string; readonly recommendations: readonly Known[] };

export type MadeIn = ListedExemption['madeIn'];

/** What lists show of an exemption: worked out when it is read or written, so that no list has to. */
export type Listing = {
  readonly madeIn: MadeIn;
  readonly exemption: Pick<
    ExemptionFacts,
    'id' | 'scope' | 'category' | 'displayName' | 'expiresAt' | 'createdAt' | 'createdBy'
  > &
    Pick<Exemption, 'managedBy'> & { readonly policyAssignmentId?: string | undefined };
  /** Equal for two sweeps if nothing changed that a list shows. */
  readonly digest: string;
  /** Equal for exemptions made together; see `occasionKey`. A digest. */
  readonly occasion: string;
  /** The reference of its request; undefined: made outside Exemption Desk. */
  readonly reference: string | undefined;
  readonly recommendations: RecommendationSet;
  readonly wholeInitiative: boolean;
  /** Undefined: no policy assignment with that id is visible, or it was made in Defender and has none. */
  readonly assignmentName: string | undefined;
  /** Everything but its recommendations that a search looks in; see `searchable`. */
  readonly search: string;
};

type Together = {
  readonly madeIn: MadeIn;
  readonly exemption: Pick<Exemption, 'id' | 'scope' | 'category' | 'expiresAt' | 'createdBy'>;
  readonly recommendations: readonly Pick<Recommendation, 'key'>[];
  readonly reference: string | undefined;
  readonly assignmentGone: boolean;
};

/**
 * A key that is equal for exemptions made together: for the same recommendations at the same scope, by the same person, until the same
 * expiry. The state needs no place in it: those with the same expiry expire together. Those made in Defender are apart: other people may see
 * them.
 */
export const occasionKey = ({ madeIn, exemption, recommendations, reference, assignmentGone }: Together): string =>
  JSON.stringify([
    madeIn,
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
export type ListingFacts = Omit<Listing, 'digest' | 'occasion' | 'search'> & {
  /** Of everything else that is shown of the exemption itself; for Azure Policy see `fingerprintOf`. */
  readonly fingerprint: string;
  /** See `placeName`. */
  readonly placeName: string;
  readonly scopeLabel: string;
};

/** As long as a UUID, which databases keep in 16 bytes. */
const shortDigest = (digest: string): string => digest.slice(0, 32);

/** 53 bits of a text. Much quicker than a cryptographic digest, and enough to notice that something is not as it was. */
const quickDigest = (text: string): string => {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
};

type Digested = Pick<ListingFacts, 'fingerprint' | 'placeName' | 'reference' | 'wholeInitiative' | 'assignmentName'> & {
  readonly exemption: Pick<Listing['exemption'], 'createdBy' | 'createdAt' | 'managedBy'>;
  readonly recommendations: Pick<RecommendationSet, 'id'>;
};

/** The digest of a listing. Every sweep needs it of every exemption, but the listing only of those where it changed. */
export const listingDigest = (facts: Digested): string => {
  const { exemption, fingerprint, placeName, reference, recommendations, wholeInitiative, assignmentName } = facts;
  const { createdBy, createdAt } = exemption;
  const shown = [
    createdBy,
    createdAt?.getTime(),
    placeName,
    reference,
    recommendations.id,
    wholeInitiative,
    exemption.managedBy,
  ];
  const named = assignmentName === undefined ? [] : [assignmentName];
  return `${shortDigest(fingerprint)} ${quickDigest([...shown, ...named].join(between))}`;
};

/** Whether it belonged to a policy assignment that is not visible any more. */
export const isAssignmentGone = ({ madeIn, assignmentName }: Pick<Listing, 'madeIn' | 'assignmentName'>): boolean =>
  madeIn === 'policy' && assignmentName === undefined;

/** An exemption with what was found out about it, ready for lists. Pure. */
export const listingOf = (facts: ListingFacts, hash: (text: string) => string): Listing => {
  const { madeIn, exemption, scopeLabel, reference, recommendations, wholeInitiative, assignmentName } = facts;
  const { id, scope, category, displayName, expiresAt, createdAt, createdBy, managedBy, policyAssignmentId } =
    exemption;
  const occasion = occasionKey({
    madeIn,
    exemption,
    recommendations: recommendations.recommendations,
    reference,
    assignmentGone: isAssignmentGone(facts),
  });
  return {
    madeIn,
    exemption: { id, scope, category, displayName, expiresAt, createdAt, createdBy, managedBy, policyAssignmentId },
    digest: listingDigest(facts),
    occasion: shortDigest(hash(occasion)),
    reference,
    recommendations,
    wholeInitiative,
    assignmentName,
    search: searchable([displayName, nameOf(id), scopeLabel]),
  };
};
