ALTER TABLE "conversations" ADD COLUMN "channel_type" text;--> statement-breakpoint
-- Until now the app could be added to standard channels only.
UPDATE "conversations" SET "channel_type" = 'standard' WHERE "kind" = 'channel';
