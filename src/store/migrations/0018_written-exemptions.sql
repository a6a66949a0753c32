CREATE TABLE "written_exemptions" (
	"id" text PRIMARY KEY NOT NULL,
	"exemption_id" text NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL,
	"mark" uuid DEFAULT gen_random_uuid() NOT NULL
);
