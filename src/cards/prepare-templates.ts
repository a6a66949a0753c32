import { prepare } from './render-card.ts';
import commands from './templates/commands.json' with { type: 'json' };
import decisionForm from './templates/decision-form.json' with { type: 'json' };
import help from './templates/help.json' with { type: 'json' };
import home from './templates/home.json' with { type: 'json' };
import list from './templates/list.json' with { type: 'json' };
import message from './templates/message.json' with { type: 'json' };
import recommendation from './templates/recommendation.json' with { type: 'json' };
import record from './templates/record.json' with { type: 'json' };
import refused from './templates/refused.json' with { type: 'json' };
import report from './templates/report.json' with { type: 'json' };
import requestForm from './templates/request-form.json' with { type: 'json' };
import requestPreview from './templates/request-preview.json' with { type: 'json' };
import request from './templates/request.json' with { type: 'json' };
import why from './templates/why.json' with { type: 'json' };

export const templates: readonly object[] = [
  ...[commands, help, home, list, message, recommendation, record, refused],
  ...[decisionForm, report, requestForm, requestPreview, request, why],
];

/** Parses the templates of all cards, for a process that is about to answer people: later each would keep everybody waiting who is being answered. */
export const prepareTemplates = (): void => templates.forEach(prepare);
