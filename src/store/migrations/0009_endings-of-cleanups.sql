ALTER TABLE "cleanups" ADD COLUMN "card" jsonb;--> statement-breakpoint
ALTER TABLE "cleanups" ADD COLUMN "tried_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "cleanups" ADD COLUMN "ended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "cleanups" ADD COLUMN "gave_up" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- What was ordered before has ended, and whoever ordered it was told, unless that was just now.
UPDATE "cleanups" SET "ended_at" = "ordered_at" WHERE "ordered_at" < now() - interval '1 hour';
