import { portalLinksIn, type PortalLink } from '../../core/tenant/portal-link.ts';

/** An address in the HTML of a message. */
const anchor = /\shref="([^"<>\s]{1,2000})"/gi;

/** The addresses of the Azure portal that stand behind words in the HTML of a message. */
export const htmlLinks = (html: string): PortalLink[] =>
  [...html.matchAll(anchor)].flatMap(([, written = '']) => {
    const address = written.replaceAll('&amp;', '&');
    return portalLinksIn(address).filter(({ said }) => said === address);
  });
