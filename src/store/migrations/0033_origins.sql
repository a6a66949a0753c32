ALTER TABLE "drafts" ADD COLUMN "origin" text;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "origin" text;