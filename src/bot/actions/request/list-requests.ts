import { requestsCard } from '../../../cards/request/requests-card.ts';
import { listRequests } from '../../../workflow/tell/list-requests.ts';
import { button } from '../../button.ts';
import { omissionNote, disclose } from '../../disclose.ts';

export const listRequestsButton = button('list-requests', {
  changes: false,
  guests: 'reads',
  does: 'opens',
  run: (desk, turn, query) =>
    disclose(turn, async (asker) => {
      const status = query.status === 'any' ? undefined : query.status;
      const { requests, labels, viewpoint, whyEmpty } = await listRequests(desk, asker, query.which, status);
      const note = omissionNote(viewpoint);
      return {
        viewpoint,
        card: requestsCard({ requests, labels, query, whyEmpty, note, timeZone: desk.timeZone }),
      };
    }),
});
