import {
  bearerTokenAuthenticationPolicy,
  createDefaultHttpClient,
  createPipelineFromOptions,
  type HttpClient,
} from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import { createAzure } from '../../src/azure/azure.ts';
import { createRest } from '../../src/azure/client/rest.ts';
import { assumptions } from './assumptions.ts';
import { runCheck, type Check } from './check.ts';
import { chooseReference, type WriteTestOptions } from './choose-reference.ts';
import { recordExchanges } from './exchanges.ts';
import { NotSeen, type Finding } from './finding.ts';
import { openPoints } from './open-points.ts';
import { questionsOfDefender } from './questions-of-defender.ts';
import { questionsOfGuards } from './questions-of-guards.ts';
import { questionsOfSize } from './questions-of-size.ts';
import { reads } from './reads.ts';
import { renderReport } from './render-report.ts';
import type { AskAside, Subject } from './subject.ts';
import { runWriteTest } from './write-test.ts';

export type ContractOptions = {
  readonly credential: TokenCredential;
  readonly httpClient?: HttpClient;
  readonly now?: () => Date;
  /** The Entra object id of a person whose permissions are read; undefined: nobody's. */
  readonly personId?: string | undefined;
  readonly writeTest?: WriteTestOptions | undefined;
};

export type ContractResult = {
  readonly report: string;
  readonly findings: readonly Finding[];
  /** See Trial. */
  readonly leftBehind: string | undefined;
};

const origin = 'https://management.azure.com';
const timeLimitInMs = 30_000;

const createAside = (credential: TokenCredential, httpClient: HttpClient): AskAside => {
  const pipeline = createPipelineFromOptions({ userAgentOptions: { userAgentPrefix: 'exemption-desk-contract' } });
  pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: `${origin}/.default` }));
  const rest = createRest(origin, (request) => pipeline.sendRequest(httpClient, request));
  return (call) => rest.call({ ...call, signal: AbortSignal.timeout(timeLimitInMs) });
};

const asCheck = ({ title, run }: (typeof reads)[number]): Check => ({
  title,
  run: async (subject) => ({ seen: await run(subject), verdict: 'matches' }),
});

/** Checks the tenant that the credential reaches; changes nothing unless a write test is requested. Throws UnsafeTrial if that is not safe. */
export const runContract = async (options: ContractOptions): Promise<ContractResult> => {
  const { credential, now = () => new Date(), personId } = options;
  const { client, exchanges } = recordExchanges(options.httpClient ?? createDefaultHttpClient());
  const started = now();
  const subject: Subject = {
    // A fixed time keeps caches valid, so that checks reuse the result of a read.
    azure: createAzure({ credential, httpClient: client, now: () => started }),
    askAside: createAside(credential, client),
    exchanges,
    now: () => started,
    person() {
      if (personId === undefined) throw new NotSeen('no person was given: --person OBJECT_ID');
      return { objectId: personId, tenantId: '', name: '' };
    },
  };
  const inOrder = async (checks: readonly Check[]): Promise<Finding[]> => {
    const findings: Finding[] = [];
    for (const check of checks) findings.push(await runCheck(check, subject));
    return findings;
  };

  const exempted = options.writeTest === undefined ? undefined : await chooseReference(subject, options.writeTest);
  const sections = new Map([['Reads of the product', await inOrder(reads.map(asCheck))]]);
  const trial = exempted === undefined ? undefined : await runWriteTest(subject, exempted);
  sections.set('What the code takes for granted', await inOrder(assumptions));
  const questions = [...openPoints(trial), ...questionsOfSize, ...questionsOfDefender, ...questionsOfGuards];
  sections.set('Open points', await inOrder(questions));
  if (trial !== undefined) sections.set('Write test', [...trial.findings]);
  return {
    report: renderReport({ sections, exchanges, date: started, writes: trial !== undefined }),
    findings: [...sections.values()].flat(),
    leftBehind: trial?.leftBehind,
  };
};
