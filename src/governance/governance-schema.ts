import { z } from 'zod';
import { approverIn, type Approver } from '../core/governance/approvers.ts';
import { scopeReferenceIn, type ScopeReference } from '../core/governance/governance-scope.ts';
import { mostEvidence, ownWords } from '../core/governance/reasons.ts';
import { longestTicket } from '../core/governance/ticket.ts';
import { severities } from '../core/tenant/severity.ts';
import { patternProblem, ticketFits } from './ticket-fits.ts';

const days = z.int().min(1).max(3650);
const category = z.enum(['waiver', 'mitigated']);
const several = <Value extends z.ZodType>(value: Value) => z.array(value).min(1);

const maxDays = z
  .union([days, z.strictObject({ waiver: days.optional(), mitigated: days.optional() })], {
    error: 'must be a number of days, or { waiver: 90, mitigated: 365 }',
  })
  .describe('The most days that an exemption may last, for both categories or for each.');

const longestWildcard = 300;
// As long as Azure allows.
const longestTagName = 512;
const longestTagValue = 256;

const ticketPattern = z
  .strictObject({
    pattern: z
      .string()
      .min(1)
      .max(200)
      .superRefine((pattern, context) => {
        const message = patternProblem(pattern);
        if (message !== undefined) context.addIssue({ code: 'custom', message });
      })
      .describe('A regular expression in the syntax of RE2, for the whole ticket number.'),
    example: z.string().min(1).max(longestTicket).describe('A ticket number that fits the pattern, shown to people.'),
    url: z
      .string()
      .max(300)
      .regex(
        /^https:\/\/[^\s{}/?#@\\]+\/[^\s{}]*\{ticket\}[^\s{}]*$/,
        'must be an https address with {ticket} once behind the host, such as https://itsm.example/{ticket}',
      )
      .refine((url) => URL.canParse(url), { message: 'must be an https address with a valid host' })
      .optional()
      .describe('Where a ticket is looked up: cards link its number there.'),
  })
  .refine(({ pattern, example }) => patternProblem(pattern) !== undefined || ticketFits(example, pattern), {
    path: ['example'],
    message: 'must fit the pattern',
  });

const approver = z
  .string()
  .regex(
    /^(group|person):\s*[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\s*$/,
    'must be group:<object id> or person:<object id>: others can take a name, so only ids count',
  )
  .transform((text, context): Approver => {
    const found = approverIn(text);
    if (found !== undefined) return found;
    context.addIssue({ code: 'custom', message: 'must be group:<object id> or person:<object id>' });
    return z.NEVER;
  });

const scope = z
  .string()
  .regex(
    /^(\/\S|mg:\s*\S|sub:\s*\S|rg:[^@/]*[^@/\s][^@/]*@\s*\S)/,
    'must be mg:<management group>, sub:<subscription>, rg:<resource group>@<subscription> or an ARM id',
  )
  .transform((text, context): ScopeReference => {
    const reference = scopeReferenceIn(text);
    if (reference !== undefined) return reference;
    context.addIssue({
      code: 'custom',
      message: 'must be the ARM id of a management group or of anything in a subscription',
    });
    return z.NEVER;
  });

const settings = {
  maxDays: maxDays.optional(),
  neverExpires: z
    .boolean()
    .optional()
    .describe('Whether “never” may be chosen. A chosen date is still limited by maxDays.'),
  renewalsNeverLonger: z.boolean().optional().describe('A renewal may not last longer than the first exemption did.'),
  justification: z
    .strictObject({ minLength: z.int().min(1).max(500) })
    .optional()
    .describe('The fewest characters that the justification may have.'),
  ticket: z
    .union([z.enum(['optional', 'required']), ticketPattern], {
      error: 'must be optional, required, or { pattern: "CHG[0-9]{7}", example: CHG0012345 }',
    })
    .optional()
    .describe('Whether a ticket number is required, and what it must look like.'),
  approvals: z
    .int()
    .min(0)
    .max(5)
    .optional()
    .describe('How many people must approve. 0 counts only for a requester who could decide it themselves.'),
  approvers: z
    .union([z.literal('azure-roles'), several(approver)], {
      error: 'must be azure-roles, or a list such as [group:<object id>, person:<object id>]',
    })
    .optional()
    .describe('Who may approve, among those whose Azure roles allow it.'),
  blastRadius: z
    .union([z.literal('none'), z.strictObject({ above: z.int().min(1).max(100_000) })], {
      error: 'must be none, or { above: 50 }',
    })
    .optional()
    .describe('Above this number of affected resources one more approval is needed.'),
};

const conditions = z.strictObject({
  scope: several(scope)
    .optional()
    .describe('Where: mg:<management group>, sub:<subscription>, rg:<group>@<subscription> or an ARM id.'),
  severity: several(z.enum(severities)).optional().describe('high means critical recommendations too.'),
  recommendation: several(z.string().min(1).max(longestWildcard))
    .optional()
    .describe('Titles, with * for any characters, or assessment keys.'),
  category: several(category).optional(),
  resourceType: several(z.string().min(1).max(longestWildcard))
    .optional()
    .describe('ARM types such as Microsoft.Storage/storageAccounts, with * for any characters.'),
});

const consequences = z
  .strictObject({ deny: z.string().trim().min(1).max(300).optional(), ...settings })
  .refine(({ deny, ...others }) => deny === undefined || Object.keys(others).length === 0, {
    message: 'contains deny, which allows no other field next to it',
  });

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be small letters, digits and hyphens, 40 at most, such as no-fix-yet')
  .refine((text) => text !== ownWords, { message: 'must be another word: own stands for reasons in one’s own words' });

const reason = z
  .strictObject({
    id: id.describe('Under which it is typed, as in: exempt … because no-fix-yet'),
    text: z.string().trim().min(1).max(100).describe('The reason as the form, the cards and the exemption say it.'),
    evidence: z
      .array(
        z.strictObject({
          id: id.describe('Under which the evidence is kept.'),
          label: z.string().trim().min(1).max(60).describe('What the form asks.'),
          required: z.boolean().optional().describe('Whether it must be filled in; true by default.'),
        }),
      )
      .max(mostEvidence)
      .optional()
      .describe('What the form asks for where this reason is chosen.'),
    approvers: several(approver).optional().describe('Of those who may approve, only these decide it.'),
    instead: z.string().trim().min(1).max(300).optional().describe('What to do instead: such a request is refused.'),
  })
  .refine(({ approvers, instead }) => approvers === undefined || instead === undefined, {
    message: 'has approvers and instead; a request that is refused is approved by nobody',
  });

const reasonsOfCategory = z.array(reason).min(1).max(10).optional();

/** The schema of the governance file. */
export const governanceSchema = z.strictObject({
  defaults: z.strictObject(settings).optional().describe('Used where no rule says otherwise.'),
  ceiling: z
    .strictObject({ maxDays })
    .optional()
    .describe('No rule may exceed this; with a ceiling every exemption of that category expires.'),
  productionTags: z
    .strictObject({
      names: several(z.string().trim().min(1).max(longestTagName)),
      values: several(z.string().trim().min(1).max(longestTagValue)),
    })
    .optional()
    .describe(
      'Tags that mark production, by one of the names with one of the values. Cards count them; rules do not look at them.',
    ),
  ownerTags: several(z.string().trim().min(1).max(longestTagName))
    .optional()
    .describe('Names of tags that name the owner of a resource. Lists look at them; rules do not.'),
  reasons: z
    .strictObject({ waiver: reasonsOfCategory, mitigated: reasonsOfCategory })
    .optional()
    .describe('Ready reasons that the form offers, for each category.'),
  rules: z
    .array(
      z.strictObject({
        name: z.string().trim().min(1).max(100),
        when: conditions
          .optional()
          .describe('All conditions given must hold; without any the rule matches everything.'),
        then: consequences,
      }),
    )
    .optional()
    .describe('Tried from the top; the first rule that matches decides.'),
});

export type GovernanceDocument = z.output<typeof governanceSchema>;

/** The JSON Schema with which editors complete and check the file. */
export const governanceJsonSchema = (): Record<string, unknown> => ({
  ...z.toJSONSchema(governanceSchema, { io: 'input' }),
  title: 'Governance file of Exemption Desk',
});
