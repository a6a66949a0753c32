CREATE TABLE "inbox" (
	"sequence" serial PRIMARY KEY NOT NULL,
	"conversation_id" text NOT NULL,
	"activity_id" text NOT NULL,
	"activity" text,
	"received_at" timestamp (3) with time zone NOT NULL,
	"correlation" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"held_until" timestamp (3) with time zone,
	"answered_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE UNIQUE INDEX "inbox_once" ON "inbox" USING btree ("conversation_id","activity_id");--> statement-breakpoint
CREATE INDEX "inbox_waiting" ON "inbox" USING btree ("conversation_id","sequence") WHERE answered_at is null;--> statement-breakpoint
CREATE INDEX "inbox_by_answer" ON "inbox" USING btree ("answered_at");