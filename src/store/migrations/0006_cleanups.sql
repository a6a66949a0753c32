CREATE TABLE "cleanups" (
	"id" text PRIMARY KEY NOT NULL,
	"asker_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"items" jsonb NOT NULL,
	"ordered_at" timestamp (3) with time zone,
	"outcomes" jsonb NOT NULL
);
