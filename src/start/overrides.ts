import type { HttpClient } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import type { DestinationStream } from 'pino';
import type { ExpectedToken } from '../api/verify-token.ts';
import type { AzureOptions } from '../azure/azure.ts';
import type { BotOptions } from '../bot/bot-options.ts';
import type { StandInChannel } from '../bot/door/stand-in-channel.ts';
import type { PaceLimits } from '../core/chat/pace.ts';
import type { PublishedHeads } from '../core/ledger/published-heads.ts';
import type { createEventDoor } from '../server/azure-events.ts';

/** Replacements for the outside world, for the demo and tests; production passes none. */
export type Overrides = {
  readonly credential?: TokenCredential;
  readonly httpClient?: HttpClient;
  /** How long problems with Azure are tolerated before a call counts as unanswered. */
  readonly patience?: AzureOptions['patience'];
  readonly now?: () => Date;
  readonly channel?: StandInChannel;
  /** Where the log goes; standard output by default. */
  readonly logTo?: DestinationStream;
  /** Replaces the container for heads of the ledger, and the standard output. */
  readonly publishedHeads?: PublishedHeads;
  /** Replace the keys of Entra that verify events from Event Grid. */
  readonly eventKeys?: Parameters<typeof createEventDoor>[0]['keys'];
  /** Replace the keys of Entra that verify callers of the API. */
  readonly apiKeys?: ExpectedToken['keys'];
  /** How fast Exemption Desk posts on its own. */
  readonly pace?: PaceLimits;
  /** Decides when an answer to a button press is too late for the response that waits for it. */
  readonly inTime?: BotOptions['inTime'];
  /** False: the work of each minute runs only when requested, and templates of cards are parsed when the first card needs them. */
  readonly everyMinute?: boolean;
  /** The text of a connections file, instead of the configured one. */
  readonly connections?: string;
  /** The text of a governance file, instead of the configured one. */
  readonly governance?: string;
};
