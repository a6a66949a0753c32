CREATE TABLE "posted_alerts" (
	"conversation_id" text NOT NULL,
	"activity_id" text NOT NULL,
	"sequence" serial NOT NULL,
	"channel_id" text NOT NULL,
	"unit" text NOT NULL,
	"key" text NOT NULL,
	"alert" jsonb NOT NULL,
	"outcome" jsonb,
	"version" integer DEFAULT 1 NOT NULL,
	"outdated" boolean DEFAULT false NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "posted_alerts_conversation_id_activity_id_pk" PRIMARY KEY("conversation_id","activity_id")
);
--> statement-breakpoint
ALTER TABLE "cleanups" ADD COLUMN "ordered_by" text;--> statement-breakpoint
CREATE INDEX "posted_alerts_by_unit" ON "posted_alerts" USING btree ("unit");--> statement-breakpoint
CREATE INDEX "posted_alerts_outdated" ON "posted_alerts" USING btree ("due_at") WHERE outdated;--> statement-breakpoint
CREATE INDEX "posted_alerts_by_change" ON "posted_alerts" USING btree ("changed_at");