import type { ExemptionCategory } from '../core/exemption/exemption.ts';
import {
  settingsWith,
  withoutFile,
  type GovernanceRule,
  type GovernanceRules,
  type MaxDays,
  type SaidSettings,
} from '../core/governance/governance-rules.ts';
import type { ReadyReason } from '../core/governance/reasons.ts';
import { problemsOf, readYaml, type GovernanceProblem, type YamlText } from './governance-problem.ts';
import { ticketFits } from './ticket-fits.ts';
import { governanceJsonSchema, governanceSchema, type GovernanceDocument } from './governance-schema.ts';

const categories = { waiver: 'Waiver', mitigated: 'Mitigated' } as const satisfies Record<string, ExemptionCategory>;

type WrittenRule = NonNullable<GovernanceDocument['rules']>[number];
type Written = NonNullable<GovernanceDocument['defaults']>;

const maxDaysOf = (written: Written['maxDays']): MaxDays | undefined =>
  typeof written === 'number'
    ? { Waiver: written, Mitigated: written }
    : written && { Waiver: written.waiver, Mitigated: written.mitigated };

const saidIn = (written: Written): SaidSettings => ({
  maxDays: maxDaysOf(written.maxDays),
  neverExpires: written.neverExpires,
  renewalsNeverLonger: written.renewalsNeverLonger,
  justificationMinLength: written.justification?.minLength,
  ticket: written.ticket,
  approvals: written.approvals,
  approvers: written.approvers,
  blastRadius: typeof written.blastRadius === 'object' ? written.blastRadius.above : written.blastRadius,
});

const ruleOf = ({ name, when = {}, then }: WrittenRule, line: number): GovernanceRule => ({
  name,
  line,
  when: {
    scope: when.scope,
    severity: when.severity,
    recommendation: when.recommendation,
    category: when.category?.map((each) => categories[each]),
    resourceType: when.resourceType,
  },
  then: then.deny === undefined ? saidIn(then) : { deny: then.deny },
});

const writtenReasons = ({ reasons = {} }: GovernanceDocument) =>
  (['waiver', 'mitigated'] as const).flatMap((kind) =>
    (reasons[kind] ?? []).map((reason, at) => ({
      reason,
      category: categories[kind],
      path: ['reasons', kind, at] as const,
    })),
  );

type WrittenReason = ReturnType<typeof writtenReasons>[number]['reason'];

const readyReason = (
  { evidence = [], approvers, instead, ...said }: WrittenReason,
  category: ExemptionCategory,
  line: number,
): ReadyReason => ({
  ...said,
  line,
  category,
  evidence: evidence.map(({ required = true, ...field }) => ({ ...field, required })),
  approvers,
  instead,
});

/** Ids by which people and the record name things must be clear. */
const namesakes = (document: GovernanceDocument, yaml: YamlText): GovernanceProblem[] => {
  const all = writtenReasons(document);
  return all.flatMap(({ reason, path }, at) => {
    const first = all.findIndex((each) => each.reason.id === reason.id);
    const fields = (reason.evidence ?? []).map((field) => field.id);
    return [
      ...(first === at
        ? []
        : [
            yaml.problem(
              [...path, 'id'],
              `is also the id of the reason in line ${yaml.lineOf(all[first]?.path ?? [])}`,
            ),
          ]),
      ...fields.flatMap((id, index) =>
        fields.indexOf(id) === index
          ? []
          : [yaml.problem([...path, 'evidence', index, 'id'], 'is also the id of another field of this reason')],
      ),
    ];
  });
};

/** Valid fields may still contradict each other. */
const contradictions = (document: GovernanceDocument, yaml: YamlText): GovernanceProblem[] => {
  const rules = document.rules ?? [];
  const ceiling = maxDaysOf(document.ceiling?.maxDays) ?? {};
  const twice = rules.flatMap(({ name }, at) => {
    const first = rules.findIndex((each) => each.name.toLowerCase() === name.toLowerCase());
    return first === at
      ? []
      : [yaml.problem(['rules', at, 'name'], `is also the name of the rule in line ${yaml.lineOf(['rules', first])}`)];
  });
  const places = [
    { path: ['defaults'], written: document.defaults ?? {} },
    ...rules.map(({ then }, at) => ({ path: ['rules', at, 'then'], written: then })),
  ];
  const tooHigh = places.flatMap(({ path, written }) => {
    const said = maxDaysOf(written.maxDays) ?? {};
    const over = Object.values(categories).find((each) => (said[each] ?? 0) > (ceiling[each] ?? Infinity));
    const endless = written.neverExpires === true && ceiling.Waiver !== undefined && ceiling.Mitigated !== undefined;
    return [
      ...(over === undefined
        ? []
        : [
            yaml.problem(
              [...path, 'maxDays'],
              `exceeds the ceiling of ${ceiling[over] ?? 0} days for ${over.toLowerCase()}`,
            ),
          ]),
      ...(endless
        ? [yaml.problem([...path, 'neverExpires'], 'contradicts the ceiling, by which every exemption expires')]
        : []),
    ];
  });
  return [...twice, ...tooHigh, ...namesakes(document, yaml)];
};

type JsonSchema = {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
};

const fieldsAt = (path: readonly PropertyKey[]): readonly string[] => {
  const inside = (schema: JsonSchema, part: PropertyKey): JsonSchema[] => {
    const shapes = [schema, ...(schema.anyOf ?? [])];
    return shapes.flatMap((each) => (typeof part === 'number' ? each.items : each.properties?.[String(part)]) ?? []);
  };
  const root: JsonSchema = governanceJsonSchema();
  const found = path.reduce<JsonSchema[]>((schemas, part) => schemas.flatMap((each) => inside(each, part)), [root]);
  return found.flatMap((each) => [each, ...(each.anyOf ?? [])]).flatMap((each) => Object.keys(each.properties ?? {}));
};

const lower = (texts: readonly string[]): string[] => texts.map((text) => text.toLowerCase());

/** Reads a governance file: the rules, or every mistake in the order of the text. An empty file counts as none. */
export const readGovernance = (
  text: string,
): { readonly rules: GovernanceRules } | { readonly problems: readonly GovernanceProblem[] } => {
  const yaml = readYaml(text);
  if (yaml.syntaxProblems.length > 0) return { problems: yaml.syntaxProblems };
  const parsed = governanceSchema.safeParse(yaml.value ?? {}, { reportInput: false });
  const problems = parsed.success ? contradictions(parsed.data, yaml) : problemsOf(parsed.error.issues, yaml, fieldsAt);
  if (!parsed.success || problems.length > 0)
    return { problems: problems.sort((a, b) => a.line - b.line || a.column - b.column) };
  const { defaults = {}, ceiling, rules = [] } = parsed.data;
  const { productionTags = withoutFile.productionTags, ownerTags = withoutFile.ownerTags } = parsed.data;
  return {
    rules: {
      defaults: settingsWith(saidIn(defaults), withoutFile.defaults),
      ceiling: maxDaysOf(ceiling?.maxDays) ?? {},
      ticketFits,
      productionTags: { names: lower(productionTags.names), values: lower(productionTags.values) },
      ownerTags: lower(ownerTags),
      rules: rules.map((rule, at) => ruleOf(rule, yaml.lineOf(['rules', at]))),
      reasons: writtenReasons(parsed.data).map(({ reason, category, path }) =>
        readyReason(reason, category, yaml.lineOf(path)),
      ),
    },
  };
};
