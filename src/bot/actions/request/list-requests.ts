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
      const wanted = { which: query.which, status, page: query.page };
      const { page, labels, viewpoint, whyEmpty } = await listRequests(desk, asker, wanted);
      const note = omissionNote(viewpoint);
      return {
        viewpoint,
        card: requestsCard({ page, labels, query, whyEmpty, note, timeZone: desk.timeZone }),
      };
    }),
});
