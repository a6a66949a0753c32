ALTER TABLE "listed_exemptions" ADD COLUMN "group_key" text GENERATED ALWAYS AS (substring(scope_key from '^/subscriptions/[^/]+/resourcegroups/[^/]+')) STORED;--> statement-breakpoint
ALTER TABLE "mirror_rows" ADD COLUMN "group_key" text GENERATED ALWAYS AS (substring(key from '^/subscriptions/[^/]+/resourcegroups/[^/]+')) STORED;--> statement-breakpoint
ALTER TABLE "request_scopes" ADD COLUMN "group_key" text GENERATED ALWAYS AS (substring(scope_key from '^/subscriptions/[^/]+/resourcegroups/[^/]+')) STORED;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "group_key" text GENERATED ALWAYS AS (substring(scope_key from '^/subscriptions/[^/]+/resourcegroups/[^/]+')) STORED;--> statement-breakpoint
CREATE INDEX "listed_exemptions_in_group" ON "listed_exemptions" USING btree ("group_key");--> statement-breakpoint
CREATE INDEX "listed_exemptions_at_scope" ON "listed_exemptions" USING btree ("scope_key");--> statement-breakpoint
CREATE INDEX "listed_exemptions_orphaned" ON "listed_exemptions" USING btree ("expires_at","id" collate "C") WHERE assignment_gone;--> statement-breakpoint
CREATE INDEX "mirror_rows_in_group" ON "mirror_rows" USING btree ("group_key") WHERE "mirror_rows"."part" = 'resources';--> statement-breakpoint
CREATE INDEX "requests_in_group" ON "requests" USING btree ("group_key");