CREATE TABLE "cleanups" (
	"id" text PRIMARY KEY NOT NULL,
	"asker_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"items" jsonb NOT NULL,
	"ordered_at" timestamp (3) with time zone,
	"outcomes" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "report_offers" (
	"asker_id" text PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"asker" jsonb NOT NULL,
	"from_day" text NOT NULL,
	"to_day" text NOT NULL,
	"offered_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "report_offers_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "switches" (
	"name" text PRIMARY KEY NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"reason" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"sequence" serial PRIMARY KEY NOT NULL,
	"conversation_id" text NOT NULL,
	"activity_id" text NOT NULL,
	"activity" text,
	"received_at" timestamp (3) with time zone NOT NULL,
	"correlation" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"held_until" timestamp (3) with time zone,
	"answered_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "paces" (
	"id" text PRIMARY KEY NOT NULL,
	"booked_until" double precision NOT NULL
);
--> statement-breakpoint
ALTER TABLE "requests" ALTER COLUMN "expires_at" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "sweep_state" ALTER COLUMN "last_completed_at" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD COLUMN "sequence" serial NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD COLUMN "kind" text;--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD COLUMN "unit_key" text;--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD COLUMN "scopes" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD COLUMN "mentions" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD COLUMN "digest" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD COLUMN "due_at" timestamp (3) with time zone DEFAULT '1970-01-01T00:00:00.000Z' NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD COLUMN "correlation" text;--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD COLUMN "taken_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD COLUMN "attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD COLUMN "unknowns" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "unreachable_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "unreachable_reason" text;--> statement-breakpoint
ALTER TABLE "drafts" ADD COLUMN "amends" jsonb;--> statement-breakpoint
ALTER TABLE "drafts" ADD COLUMN "replaces" jsonb;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "waiting_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "ratify_by" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "revocation" jsonb;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "renewal" jsonb;--> statement-breakpoint
ALTER TABLE "seen_exemptions" ADD COLUMN "number" serial NOT NULL;--> statement-breakpoint
ALTER TABLE "seen_exemptions" ADD COLUMN "exemption" jsonb;--> statement-breakpoint
ALTER TABLE "seen_exemptions" ADD COLUMN "fingerprint" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "seen_exemptions" ADD COLUMN "unit_key" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "seen_exemptions" ADD COLUMN "reference" text;--> statement-breakpoint
ALTER TABLE "seen_exemptions" ADD COLUMN "recommendation" jsonb;--> statement-breakpoint
ALTER TABLE "seen_exemptions" ADD COLUMN "scope_key" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "seen_exemptions" ADD COLUMN "assignment_key" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "seen_exemptions" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "seen_exemptions" ADD COLUMN "orphaned" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "seen_exemptions" ADD COLUMN "needless" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "seen_exemptions" ADD COLUMN "missing_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "seen_exemptions" ADD COLUMN "asked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "seen_exemptions" ADD COLUMN "silent_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "filter" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "sweep_state" ADD COLUMN "last_looked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sweep_state" ADD COLUMN "policies" text;--> statement-breakpoint
ALTER TABLE "sweep_state" ADD COLUMN "underneath_read_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sweep_state" ADD COLUMN "blind_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sweep_state" ADD COLUMN "blind_reason" text;--> statement-breakpoint
ALTER TABLE "sweep_state" ADD COLUMN "last_took_ms" integer;--> statement-breakpoint
ALTER TABLE "sweep_state" ADD COLUMN "followed_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE UNIQUE INDEX "inbox_once" ON "inbox" USING btree ("conversation_id","activity_id");--> statement-breakpoint
CREATE INDEX "inbox_waiting" ON "inbox" USING btree ("conversation_id","sequence") WHERE answered_at is null;--> statement-breakpoint
CREATE INDEX "inbox_by_answer" ON "inbox" USING btree ("answered_at");--> statement-breakpoint
CREATE INDEX "alert_deliveries_open" ON "alert_deliveries" USING btree ("channel_id","due_at") WHERE outcome is null;--> statement-breakpoint
CREATE INDEX "alert_deliveries_closed" ON "alert_deliveries" USING btree ("closed_at") WHERE outcome is not null;--> statement-breakpoint
CREATE INDEX "seen_exemptions_by_number" ON "seen_exemptions" USING btree ("number");--> statement-breakpoint
CREATE INDEX "seen_exemptions_by_unit" ON "seen_exemptions" USING btree ("unit_key");--> statement-breakpoint
CREATE INDEX "seen_exemptions_by_place" ON "seen_exemptions" USING btree ("scope_key","assignment_key");