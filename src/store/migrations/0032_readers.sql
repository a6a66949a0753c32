CREATE TABLE "readers" (
	"object_id" text PRIMARY KEY NOT NULL,
	"time_zone" text NOT NULL,
	"locale" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
