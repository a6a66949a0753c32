ALTER TABLE "sweep_state" ADD COLUMN "last_read_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sweep_state" ADD COLUMN "last_reading" jsonb;--> statement-breakpoint
CREATE INDEX "seen_exemptions_by_expiry" ON "seen_exemptions" USING btree ((exemption ->> 'expiresAt')) WHERE missing_since is null and exemption is not null;