type Place = { readonly recommendation: string } | 'exemptions' | 'defender-settings';

const blades = {
  exemptions: 'view/Microsoft_Azure_Policy/PolicyMenuBlade/~/Exemptions',
  'defender-settings': 'view/Microsoft_Azure_Security/SecurityMenuBlade/~/EnvironmentSettings',
} as const;

const pathOf = (place: Place): string =>
  typeof place === 'string'
    ? blades[place]
    : `blade/Microsoft_Azure_Security/RecommendationsBlade/assessmentKey/${encodeURIComponent(place.recommendation)}`;

/** Where the Azure portal shows a recommendation (by its key), or the list of exemptions: always on portal.azure.com. */
export const portalUrl = (place: Place): string => {
  const url = new URL('https://portal.azure.com/');
  url.hash = pathOf(place);
  return url.href;
};
