CREATE TABLE "alert_claims" (
	"conversation_id" text NOT NULL,
	"unit_key" text NOT NULL,
	"step" text NOT NULL,
	"claimed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "alert_claims_conversation_id_unit_key_step_pk" PRIMARY KEY("conversation_id","unit_key","step")
);
--> statement-breakpoint
CREATE TABLE "alert_deliveries" (
	"id" text PRIMARY KEY NOT NULL,
	"channel_id" text NOT NULL,
	"alert" jsonb NOT NULL,
	"outcome" text,
	"closed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"tenant_id" text NOT NULL,
	"service_url" text NOT NULL,
	"bot_id" text NOT NULL,
	"object_id" text,
	"name" text
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"id" text PRIMARY KEY NOT NULL,
	"requester" jsonb NOT NULL,
	"recommendation" jsonb NOT NULL,
	"form" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ledger" (
	"sequence" bigint PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_tenant_id" text,
	"reference" text,
	"event" text NOT NULL,
	"from" text,
	"to" text,
	"facts" jsonb NOT NULL,
	"name_hash" text NOT NULL,
	"text_hash" text NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ledger_texts" (
	"sequence" bigint PRIMARY KEY NOT NULL,
	"salt" text NOT NULL,
	"name" text NOT NULL,
	"text" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "posted_cards" (
	"conversation_id" text NOT NULL,
	"activity_id" text NOT NULL,
	"reference" text NOT NULL,
	"audience" text NOT NULL,
	CONSTRAINT "posted_cards_conversation_id_activity_id_pk" PRIMARY KEY("conversation_id","activity_id")
);
--> statement-breakpoint
CREATE TABLE "processed_activities" (
	"conversation_id" text NOT NULL,
	"activity_id" text NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "processed_activities_conversation_id_activity_id_pk" PRIMARY KEY("conversation_id","activity_id")
);
--> statement-breakpoint
CREATE TABLE "requests" (
	"reference" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"status" text NOT NULL,
	"requester_id" text NOT NULL,
	"requester" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"recommendation" jsonb NOT NULL,
	"scopes" jsonb NOT NULL,
	"name" text NOT NULL,
	"category" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"justification" text NOT NULL,
	"ticket" text NOT NULL,
	"targets" jsonb NOT NULL,
	"decided_by" jsonb,
	"decided_at" timestamp (3) with time zone,
	"decision_comment" text,
	"failure" text,
	"applied_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "seen_exemptions" (
	"id" text PRIMARY KEY NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"channel_id" text NOT NULL,
	"kind" text NOT NULL,
	"scope_key" text NOT NULL,
	"scope" text NOT NULL,
	"subscribed_by" jsonb NOT NULL,
	"subscribed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "subscriptions_channel_id_kind_scope_key_pk" PRIMARY KEY("channel_id","kind","scope_key")
);
--> statement-breakpoint
CREATE TABLE "sweep_state" (
	"only" boolean PRIMARY KEY NOT NULL,
	"last_completed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "conversations_by_person" ON "conversations" USING btree ("object_id");--> statement-breakpoint
CREATE INDEX "ledger_by_reference" ON "ledger" USING btree ("reference");--> statement-breakpoint
CREATE INDEX "ledger_by_actor" ON "ledger" USING btree ("actor_id");--> statement-breakpoint
CREATE INDEX "posted_cards_by_reference" ON "posted_cards" USING btree ("reference");--> statement-breakpoint
CREATE INDEX "processed_activities_by_time" ON "processed_activities" USING btree ("seen_at");--> statement-breakpoint
CREATE INDEX "requests_by_status" ON "requests" USING btree ("status");--> statement-breakpoint
CREATE INDEX "requests_by_requester" ON "requests" USING btree ("requester_id");