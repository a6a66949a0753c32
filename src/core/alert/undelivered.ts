/** What could not be delivered to one channel or chat. */
export type UndeliveredThere = {
  readonly channelId: string;
  readonly alerts: number;
  /** Why the last of them was given up, as a sentence. */
  readonly reason: string;
  /** When the first of them was given up. */
  readonly since: Date;
  /** The scopes of the subscriptions that asked for them, each once. */
  readonly scopes: readonly string[];
  /** Some of them are for any subscription of the place. */
  readonly someOfAnyScope: boolean;
};

/** The numbers of what could not be delivered. People without a personal chat are no places. */
type Undelivered = {
  /** How many channels and chats there are to which something could not be delivered. */
  readonly places: number;
  /** People without a personal chat, and the messages that wait until they begin one. */
  readonly unreached: { readonly people: number; readonly messages: number };
};

/** What could not be delivered, until it is sent again or forgotten. */
export type UndeliveredAlerts = {
  readonly undelivered: () => Promise<Undelivered>;
  /** The places with the most of it, at most so many. */
  readonly undeliveredMost: (most: number) => Promise<UndeliveredThere[]>;
  /** Every place, in portions of at most 100, so that they never have to fit in memory together. The order is undefined. */
  readonly undeliveredByPlaces: () => AsyncIterable<UndeliveredThere[]>;
  /**
   * Makes what could not be delivered to a channel, a chat or a person without a chat due again; with `seen`, only what is for the scopes that
   * were seen there, so that nothing comes along that was given up meanwhile for other ones. Returns its number.
   */
  readonly reopenIn: (
    channelId: string,
    at: Date,
    seen?: Pick<UndeliveredThere, 'scopes' | 'someOfAnyScope'>,
  ) => Promise<number>;
};
