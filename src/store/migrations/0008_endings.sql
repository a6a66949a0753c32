CREATE TABLE "coverage_gaps" (
	"reference" text NOT NULL,
	"assignment_id" text NOT NULL,
	"assignment_name" text NOT NULL,
	"round" integer NOT NULL,
	"open" boolean NOT NULL,
	CONSTRAINT "coverage_gaps_reference_assignment_id_pk" PRIMARY KEY("reference","assignment_id")
);
--> statement-breakpoint
CREATE INDEX "coverage_gaps_open" ON "coverage_gaps" USING btree ("reference") WHERE open;--> statement-breakpoint
-- Gaps that were told before are open until the sweep finds otherwise. Their names are not known; the id ends with one.
INSERT INTO "coverage_gaps" ("reference", "assignment_id", "assignment_name", "round", "open")
SELECT DISTINCT left("unit_key", -4), "step", regexp_replace("step", '^.*/', ''), 1, true
FROM "alert_claims" WHERE "unit_key" LIKE '%|gap'
ON CONFLICT DO NOTHING;--> statement-breakpoint
-- That an exemption is not needed stood under the key of its expiry, together with the warnings before it.
INSERT INTO "alert_claims" ("conversation_id", "unit_key", "step", "claimed_at")
SELECT "conversation_id", split_part("unit_key", '|', 1) || '|no-longer-needed', 'unneeded', min("claimed_at")
FROM "alert_claims" WHERE "step" = 'no-longer-needed' AND "unit_key" LIKE '%|ends %'
GROUP BY 1, 2
ON CONFLICT DO NOTHING;
