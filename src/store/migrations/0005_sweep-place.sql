DROP INDEX "seen_exemptions_by_scope";--> statement-breakpoint
CREATE INDEX "seen_exemptions_by_place" ON "seen_exemptions" USING btree ("scope_key","assignment_key");