CREATE TABLE "outbox" (
	"key" text PRIMARY KEY NOT NULL,
	"target" text NOT NULL,
	"sequence" bigint,
	"part" text DEFAULT '' NOT NULL,
	"content" jsonb,
	"lane" text,
	"place" bigint NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"unknowns" integer DEFAULT 0 NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"taken_until" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "outbox_targets" (
	"name" text PRIMARY KEY NOT NULL,
	"events" jsonb NOT NULL,
	"order" text NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"last_failure" text,
	"paused_until" timestamp (3) with time zone,
	"off_since" timestamp (3) with time zone,
	"off_reason" text,
	"last_sent_at" timestamp (3) with time zone,
	"removed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE INDEX "outbox_open" ON "outbox" USING btree ("target","place") WHERE state in ('pending', 'ambiguous');--> statement-breakpoint
CREATE INDEX "outbox_dead" ON "outbox" USING btree ("target") WHERE state = 'dead';--> statement-breakpoint
CREATE INDEX "outbox_closed" ON "outbox" USING btree ("closed_at") WHERE closed_at is not null;