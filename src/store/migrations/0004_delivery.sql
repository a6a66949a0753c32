CREATE TABLE "paces" (
	"id" text PRIMARY KEY NOT NULL,
	"booked_until" double precision NOT NULL
);
--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD COLUMN "sequence" serial NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD COLUMN "kind" text;--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD COLUMN "unit_key" text;--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD COLUMN "scopes" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD COLUMN "mentions" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD COLUMN "digest" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD COLUMN "due_at" timestamp (3) with time zone DEFAULT '1970-01-01T00:00:00.000Z' NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD COLUMN "taken_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD COLUMN "attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD COLUMN "unknowns" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "unreachable_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "unreachable_reason" text;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "filter" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "sweep_state" ADD COLUMN "last_took_ms" integer;--> statement-breakpoint
CREATE INDEX "alert_deliveries_open" ON "alert_deliveries" USING btree ("channel_id","due_at") WHERE outcome is null;--> statement-breakpoint
CREATE INDEX "alert_deliveries_closed" ON "alert_deliveries" USING btree ("closed_at") WHERE outcome is not null;