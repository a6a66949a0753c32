ALTER TABLE "conversations" ADD COLUMN "team_id" text;--> statement-breakpoint
CREATE INDEX "conversations_by_team" ON "conversations" USING btree ("team_id");