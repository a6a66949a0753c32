DROP INDEX "alert_deliveries_open";--> statement-breakpoint
CREATE INDEX "alert_deliveries_due" ON "alert_deliveries" USING btree ("due_at") WHERE outcome is null;--> statement-breakpoint
CREATE INDEX "alert_deliveries_kept_about" ON "alert_deliveries" USING btree (split_part("unit_key", '|', 1)) WHERE outcome is null or outcome = 'undeliverable';