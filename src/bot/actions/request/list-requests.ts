import { requestsCard } from '../../../cards/request/requests-card.ts';
import { listRequests } from '../../../workflow/tell/list-requests.ts';
import { timesOf } from '../../../workflow/rights/take-viewpoint.ts';
import { withoutNarrowing } from '../../../cards/request/narrow-requests.ts';
import { endOfDay, startOfDay } from '../../../core/calendar.ts';
import { button } from '../../button.ts';
import { omissionNote, disclose } from '../../disclose.ts';

export const listRequestsButton = button('list-requests', {
  changes: false,
  guests: 'reads',
  does: 'opens',
  run: (desk, turn, pressed) =>
    disclose(turn, async (asker) => {
      const query = pressed.which === 'to-decide' ? pressed : withoutNarrowing(pressed);
      const status = query.status === 'any' ? undefined : query.status;
      const { which, page: number, severity, wide, endsFrom, endsTo, sort } = query;
      const filter = {
        severity,
        isWide: wide,
        endsFrom: endsFrom === undefined ? undefined : startOfDay(endsFrom, desk.timeZone),
        endsBy: endsTo === undefined ? undefined : endOfDay(endsTo, desk.timeZone),
      };
      const wanted = { which, status, filter, sort, page: number };
      const { page, labels, viewpoint, whyEmpty } = await listRequests(desk, asker, wanted);
      const note = omissionNote(viewpoint);
      return {
        viewpoint,
        card: requestsCard({
          page,
          labels,
          query,
          whyEmpty,
          note,
          decidesHere: asker.channelId === undefined,
          now: desk.now(),
          ...timesOf(desk, asker),
        }),
      };
    }),
});
