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
ALTER TABLE "requests" ALTER COLUMN "expires_at" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "drafts" ADD COLUMN "amends" jsonb;--> statement-breakpoint
ALTER TABLE "drafts" ADD COLUMN "replaces" jsonb;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "waiting_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "ratify_by" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "revocation" jsonb;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "renewal" jsonb;