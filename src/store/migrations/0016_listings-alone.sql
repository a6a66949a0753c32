-- The next sweep fills it anew.
DELETE FROM "listed_exemptions";--> statement-breakpoint
ALTER TABLE "listed_exemptions" DROP CONSTRAINT "listed_exemptions_id_seen_exemptions_id_fk";
--> statement-breakpoint
ALTER TABLE "sweep_state" ADD COLUMN "listed_policy_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sweep_state" ADD COLUMN "listed_defender_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "listed_exemptions" ADD COLUMN "made_in" text NOT NULL;--> statement-breakpoint
ALTER TABLE "listed_exemptions" ADD COLUMN "exemption_id" text NOT NULL;--> statement-breakpoint
ALTER TABLE "listed_exemptions" ADD COLUMN "category" text NOT NULL;--> statement-breakpoint
ALTER TABLE "listed_exemptions" ADD COLUMN "display_name" text NOT NULL;--> statement-breakpoint
ALTER TABLE "listed_exemptions" ADD COLUMN "created_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "listed_exemptions_of_defender" ON "listed_exemptions" USING btree ("id") WHERE made_in = 'defender';