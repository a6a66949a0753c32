import type { Activity } from 'botbuilder';
import { z } from 'zod';
import { portalLinksIn } from '../../../core/tenant/portal-link.ts';
import { htmlLinks } from '../../teams/html-links.ts';
import { turnOf, type Turn } from '../../turn.ts';

/** The invoke with which Teams opens the dialog of “Request an exemption”, from the compose box or from a message. */
export const actionOpens = 'composeExtension/fetchTask';

const mostHtml = 30_000;

const given = z.object({
  messagePayload: z
    .object({ body: z.object({ content: z.string().nullish() }).nullish() })
    .nullish()
    .catch(undefined),
});

const withoutTags = (html: string): string =>
  html
    .replace(/<[^<>]*>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&nbsp;', ' ');

/**
 * The line that somebody would type for what a message links to: the form for its one recommendation, or whatever else it links to. Of the message, which
 * somebody else may have written, only addresses of the portal are taken.
 */
const lineForMessage = (html: string): string => {
  const links = [...htmlLinks(html), ...portalLinksIn(withoutTags(html))];
  const distinct = [...new Map(links.map((link) => [JSON.stringify(link.target), link])).values()];
  const [only, ...others] = distinct.filter(({ target }) => target.kind === 'recommendation');
  if (only !== undefined && others.length === 0) return `exempt ${only.said}`;
  const meant = distinct.filter(({ target }) => target.kind !== 'nothing');
  return meant.length === 0 ? 'recommendations' : meant.map(({ said }) => said).join(' ');
};

/** The turn of somebody who pressed “Request an exemption”: as if they had typed the line in their own chat. */
export const actionTurnOf = (activity: Activity): Turn | undefined => {
  const turn = turnOf(activity, undefined);
  const content = given.safeParse(activity.value).data?.messagePayload?.body?.content ?? '';
  return turn && { ...turn, text: lineForMessage(content.slice(0, mostHtml)), clickedCardId: undefined };
};
