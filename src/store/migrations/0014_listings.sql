CREATE TABLE "listed_exemptions" (
	"id" text PRIMARY KEY NOT NULL,
	"digest" text NOT NULL,
	"occasion" uuid NOT NULL,
	"scope_key" text NOT NULL,
	"subscription_key" text,
	"expires_at" timestamp (3) with time zone,
	"recommendations" uuid NOT NULL,
	"reference" text,
	"assignment_gone" boolean NOT NULL,
	"ordinary" boolean NOT NULL,
	"needless" boolean NOT NULL,
	"whole_initiative" boolean NOT NULL,
	"assignment_name" text,
	"created_by" text,
	"search" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recommendation_sets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"recommendations" jsonb NOT NULL,
	"search" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "listed_exemptions" ADD CONSTRAINT "listed_exemptions_id_seen_exemptions_id_fk" FOREIGN KEY ("id") REFERENCES "public"."seen_exemptions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "listed_exemptions_soonest" ON "listed_exemptions" USING btree ("expires_at","id" collate "C");--> statement-breakpoint
CREATE INDEX "listed_exemptions_together" ON "listed_exemptions" USING btree ("occasion","id" collate "C");--> statement-breakpoint
CREATE INDEX "listed_exemptions_in_subscription" ON "listed_exemptions" USING btree ("subscription_key","expires_at");--> statement-breakpoint
CREATE INDEX "listed_exemptions_by_recommendations" ON "listed_exemptions" USING btree ("recommendations");--> statement-breakpoint
CREATE INDEX "listed_exemptions_needless" ON "listed_exemptions" USING btree ("occasion") WHERE needless;