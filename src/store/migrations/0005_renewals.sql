ALTER TABLE "drafts" ADD COLUMN "replaces" jsonb;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "renewal" jsonb;