CREATE TABLE "report_offers" (
	"asker_id" text PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"asker" jsonb NOT NULL,
	"from_day" text NOT NULL,
	"to_day" text NOT NULL,
	"offered_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "report_offers_id_unique" UNIQUE("id")
);
