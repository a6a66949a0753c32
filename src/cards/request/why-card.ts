import { andMore } from '../../core/first-few.ts';
import { action } from '../card-action.ts';
import { renderCard, type Card } from '../render-card.ts';
import { shortened } from '../../core/visible-text.ts';
import template from '../templates/why.json' with { type: 'json' };

export type WhyCardInput = {
  readonly reference: string;
  readonly title: string;
  /** "waiting for approval" */
  readonly standing: string;
  readonly sections: readonly { readonly heading: string; readonly lines: readonly string[] }[];
};

const linesShown = 12;

/** Why a request needs its approvals: the rules that matched, the limits, the approvals so far, and the asker's own roles. */
export const whyCard = ({ reference, title, standing, sections }: WhyCardInput): Card =>
  renderCard(template, {
    summary: `Rules and approvals of ${reference}`,
    reference,
    title: shortened(title, 200),
    standing: shortened(standing, 300),
    sections: sections.map(({ heading, lines }) => ({
      heading,
      lines: [
        ...lines.slice(0, linesShown).map((line) => ({ line: shortened(line, 400) })),
        ...(lines.length > linesShown ? [{ line: andMore(lines.length, linesShown) }] : []),
      ],
    })),
    actions: [action('Show request', { verb: 'show-request', reference })],
  });
