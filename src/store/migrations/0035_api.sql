CREATE TABLE "kept_answers" (
	"caller_id" text NOT NULL,
	"application" text NOT NULL,
	"key" text NOT NULL,
	"digest" text NOT NULL,
	"begun_at" timestamp (3) with time zone NOT NULL,
	"answer" jsonb,
	CONSTRAINT "kept_answers_caller_id_application_key_pk" PRIMARY KEY("caller_id","application","key")
);
--> statement-breakpoint
CREATE TABLE "unclaimed_drafts" (
	"id" text PRIMARY KEY NOT NULL,
	"application" text NOT NULL,
	"recommendation" jsonb NOT NULL,
	"form" jsonb NOT NULL,
	"scopes" jsonb NOT NULL,
	"on_behalf_of" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"claimed_by" text
);
--> statement-breakpoint
CREATE INDEX "kept_answers_by_age" ON "kept_answers" USING btree ("begun_at");