import type { HttpClient } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import type { DestinationStream } from 'pino';
import type { AzureOptions } from '../azure/azure.ts';
import type { BotOptions } from '../bot/desk-bot.ts';
import type { StandInChannel } from '../bot/door/stand-in-channel.ts';
import type { PaceLimits } from '../core/chat/pace.ts';
import type { createEventDoor } from '../server/azure-events.ts';

/** What the demo and the tests put in the place of the outside world; production passes nothing. */
export type Overrides = {
  readonly credential?: TokenCredential;
  readonly httpClient?: HttpClient;
  /** How much trouble with Azure is put up with before a call counts as not answered. */
  readonly patience?: AzureOptions['patience'];
  readonly now?: () => Date;
  readonly channel?: StandInChannel;
  /** Where the log goes; standard output otherwise. */
  readonly logTo?: DestinationStream;
  /** In the place of Entra's keys, for what claims to come from Event Grid. */
  readonly eventKeys?: Parameters<typeof createEventDoor>[0]['keys'];
  /** How fast the bot posts by itself. */
  readonly pace?: PaceLimits;
  /** What counts as too late for the answer to a press of a button that waits for it. */
  readonly inTime?: BotOptions['inTime'];
  /** False: the minute's work is done only when asked for. */
  readonly everyMinute?: boolean;
  /** The text of a governance file, instead of the one that the configuration names. */
  readonly governance?: string;
};
