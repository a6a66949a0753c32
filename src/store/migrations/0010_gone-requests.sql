ALTER TABLE "requests" ADD COLUMN "looked_after_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "requests_by_decision" ON "requests" USING btree ("decided_at");--> statement-breakpoint
CREATE INDEX "requests_in_emergency" ON "requests" USING btree ("ratify_by") WHERE "requests"."ratify_by" is not null;--> statement-breakpoint
CREATE INDEX "requests_to_look_after" ON "requests" USING btree ("looked_after_at" NULLS FIRST) WHERE "requests"."status" = 'pending';