import pg from 'pg';

/** A delivery in the database. */
export type DeliveryRow = {
  readonly channelId: string;
  readonly exemptionId: string | undefined;
  readonly outcome: string | undefined;
  readonly unknowns: number;
};

export type AlertLedger = {
  readonly rows: () => Promise<DeliveryRow[]>;
  /** Frees deliveries that were taken more than 15 s ago and never ended: a living replica needs less than a second. */
  readonly endTakings: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Reads alert deliveries from outside the app. */
export const openAlertLedger = (databaseUrl: string): AlertLedger => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  // A temporary database is dropped with its connections.
  pool.on('error', () => undefined);
  return {
    async rows() {
      const { rows } = await pool.query<{
        channel: string;
        exemption: string | null;
        outcome: string | null;
        unknowns: number;
      }>(`select channel_id as channel, alert->>'exemptionId' as exemption, outcome, unknowns from alert_deliveries`);
      return rows.map(({ channel, exemption, outcome, unknowns }) => ({
        channelId: channel,
        exemptionId: exemption?.toLowerCase(),
        outcome: outcome ?? undefined,
        unknowns,
      }));
    },
    async endTakings() {
      await pool.query(
        `update alert_deliveries set taken_until = now()
         where outcome is null and taken_until > now() and taken_until < now() + interval '45 seconds'`,
      );
    },
    close: () => pool.end(),
  };
};
