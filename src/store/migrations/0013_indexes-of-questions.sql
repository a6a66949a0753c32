CREATE INDEX "ledger_by_time" ON "ledger" USING btree ("at");--> statement-breakpoint
CREATE INDEX "alert_deliveries_undeliverable" ON "alert_deliveries" USING btree ("sequence") WHERE outcome = 'undeliverable';--> statement-breakpoint
CREATE INDEX "alert_deliveries_unknown" ON "alert_deliveries" USING btree ("unknowns") WHERE unknowns > 0;--> statement-breakpoint
CREATE INDEX "alert_deliveries_about" ON "alert_deliveries" USING btree ("channel_id","unit_key","sequence");--> statement-breakpoint
CREATE INDEX "seen_exemptions_needless" ON "seen_exemptions" USING btree ("id") WHERE needless;--> statement-breakpoint
CREATE INDEX "seen_exemptions_in_sight" ON "seen_exemptions" USING btree ("number") WHERE missing_since is null and exemption is not null;--> statement-breakpoint
CREATE INDEX "seen_exemptions_missing" ON "seen_exemptions" USING btree ("asked_at" NULLS FIRST,"number") WHERE missing_since is not null and exemption is not null;