import type { Config } from '../../src/config.ts';
import { retiredWords } from '../../src/core/governance/governance-words.ts';
import type { GovernanceRules } from '../../src/core/governance/governance-rules.ts';
import { look, well, type Finding } from './finding.ts';

const about = 'Settings';

/** Reports every setting that lets more people do more than the strictest value would. */
export const checkSettings = (config: Config): readonly Finding[] => {
  const others = config.allowedTenants.filter((tenant) => tenant !== config.bot.tenantId);
  return [
    well(about, 'complete'),
    ...(others.length === 0
      ? []
      : [
          look(
            about,
            `people of other tenants get answers: ${others.join(', ')}`,
            'Leave ALLOWED_TENANTS unset, unless you intend that.',
          ),
        ]),
    ...(config.allowGuestsToAsk
      ? [look(about, 'guests may request exemptions', 'Leave ALLOW_GUESTS_TO_ASK unset, unless you intend that.')]
      : []),
    ...(config.allowedPlaces === undefined
      ? []
      : [well(about, `beside personal chats it works only in: ${config.allowedPlaces.join(', ')}`)]),
    ...(config.bot.appType === 'UserAssignedMSI'
      ? []
      : [
          look(
            about,
            'Exemption Desk signs in with a client secret',
            'Prefer MICROSOFT_APP_TYPE=UserAssignedMSI, which has none.',
          ),
        ]),
    ...('folder' in config.database
      ? [look(about, 'the embedded database: one process, one disk', 'Set DATABASE_URL for anything that must last.')]
      : []),
    ...(config.partialRights === 'all-or-nothing'
      ? []
      : [look(about, 'requests may be written in part', 'Leave PARTIAL_RIGHTS unset, unless you intend that.')]),
    ...(config.delegateGroups.length === 0
      ? []
      : [
          look(
            about,
            `these groups decide without the permission on policy assignments: ${config.delegateGroups.join(', ')}`,
            'Leave DELEGATE_GROUPS unset, unless you intend that.',
          ),
        ]),
    ...(config.logLevel === 'debug'
      ? [look(about, 'the log contains every call', 'Set LOG_LEVEL=info once you have found what you look for.')]
      : []),
    ...(config.readOnly
      ? [look(about, 'Exemption Desk is read-only', 'Unset READ_ONLY when it may write again.')]
      : []),
  ];
};

const rulesAbout = 'Governance';

/** Reports what the governance file allows beyond the default: one approval by somebody who could exempt themselves, and an expiry for everything. */
export const checkGovernance = (governance: GovernanceRules, path: string | undefined): readonly Finding[] => {
  const { defaults, rules } = governance;
  const lenient = [
    { name: 'the defaults', then: defaults },
    ...rules.flatMap(({ name, then }) => ('deny' in then ? [] : [{ name: `“${name}”`, then }])),
  ];
  const named = (those: typeof lenient): string => those.map(({ name }) => name).join(', ');
  const [unapproved, endless] = [
    lenient.filter(({ then }) => then.approvals === 0),
    lenient.filter(({ then }) => then.neverExpires === true),
  ];
  return [
    path === undefined
      ? look(rulesAbout, 'no file: one approval, 90 and 365 days', 'Write your own rules: docs/governance.md.')
      : well(rulesAbout, `${path}: ${rules.length} rules`),
    ...rules.flatMap(({ name, when }) =>
      retiredWords(when).map((sentence) => look(rulesAbout, `“${name}” names a recommendation that is gone`, sentence)),
    ),
    ...(unapproved.length === 0
      ? []
      : [
          look(
            rulesAbout,
            `no approval is needed by ${named(unapproved)}`,
            'A requester who could create the exemption then needs nobody else: make sure that you intend that.',
          ),
        ]),
    ...(endless.length === 0
      ? []
      : [
          look(
            rulesAbout,
            `exemptions without an end are allowed by ${named(endless)}`,
            'Nobody is ever reminded of those: make sure that you intend that.',
          ),
        ]),
  ];
};
