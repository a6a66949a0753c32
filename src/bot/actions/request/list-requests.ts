import { requestsCard } from '../../../cards/request/requests-card.ts';
import { listRequests } from '../../../workflow/tell/list-requests.ts';
import { withoutNarrowing } from '../../../cards/request/narrow-requests.ts';
import { addDays, dayIn, endOfDay } from '../../../core/calendar.ts';
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
      const { which, page: number, severity, wide, endsWithin, sort } = query;
      const endsBy =
        endsWithin === undefined
          ? undefined
          : endOfDay(addDays(dayIn(desk.now(), desk.timeZone), endsWithin), desk.timeZone);
      const wanted = { which, status, filter: { severity, isWide: wide, endsBy }, sort, page: number };
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
          timeZone: desk.timeZone,
        }),
      };
    }),
});
