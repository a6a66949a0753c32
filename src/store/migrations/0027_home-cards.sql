CREATE TABLE "home_cards" (
	"object_id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"conversation_id" text NOT NULL,
	"activity_id" text NOT NULL,
	"numbers" jsonb NOT NULL,
	"counted_at" timestamp (3) with time zone NOT NULL,
	"open_counted_at" timestamp (3) with time zone NOT NULL,
	"stale_since" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE INDEX "home_cards_stale" ON "home_cards" USING btree ("stale_since") WHERE stale_since is not null;