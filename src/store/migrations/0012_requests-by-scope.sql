CREATE TABLE "request_scopes" (
	"reference" text NOT NULL,
	"scope_key" text NOT NULL,
	"subscription_key" text,
	CONSTRAINT "request_scopes_reference_scope_key_pk" PRIMARY KEY("reference","scope_key")
);
--> statement-breakpoint
CREATE TABLE "request_targets" (
	"reference" text NOT NULL,
	"exemption_key" text NOT NULL,
	CONSTRAINT "request_targets_reference_exemption_key_pk" PRIMARY KEY("reference","exemption_key")
);
--> statement-breakpoint
DROP INDEX "requests_by_requester";--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "scope_key" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "subscription_key" text;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "has_several_scopes" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "reminded_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "request_targets_by_exemption" ON "request_targets" USING btree ("exemption_key");--> statement-breakpoint
CREATE INDEX "requests_by_scope" ON "requests" USING btree ("scope_key");--> statement-breakpoint
CREATE INDEX "requests_by_subscription" ON "requests" USING btree ("subscription_key");--> statement-breakpoint
CREATE INDEX "requests_of_several_scopes" ON "requests" USING btree ("reference") WHERE has_several_scopes;--> statement-breakpoint
CREATE INDEX "requests_by_age" ON "requests" USING btree ("created_at","reference");--> statement-breakpoint
CREATE INDEX "requests_by_revocation" ON "requests" USING btree ((revocation ->> 'at')) WHERE "requests"."revocation" is not null;--> statement-breakpoint
CREATE INDEX "requests_to_expire" ON "requests" USING btree ("expires_at") WHERE status in ('applied', 'partly-applied', 'effective');--> statement-breakpoint
CREATE INDEX "requests_to_follow" ON "requests" USING btree ("applied_at") WHERE status in ('applied', 'partly-applied');--> statement-breakpoint
CREATE INDEX "requests_in_part" ON "requests" USING btree ("reference") WHERE status in ('applied', 'partly-applied', 'effective') and absent <> '[]';--> statement-breakpoint
CREATE INDEX "requests_to_watch" ON "requests" USING btree ("waiting_since") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "requests_by_requester" ON "requests" USING btree ("requester_id","created_at","reference");--> statement-breakpoint
UPDATE "requests" SET "waiting_since" = "created_at" WHERE "waiting_since" IS NULL;--> statement-breakpoint
INSERT INTO "request_scopes" ("reference", "scope_key", "subscription_key")
SELECT "reference", "key", CASE WHEN "key" LIKE '/subscriptions/_%' THEN '/subscriptions/' || split_part("key", '/', 3) END
FROM (
	SELECT "reference", rtrim(lower(trim("scope")), '/') AS "key"
	FROM "requests" CROSS JOIN LATERAL jsonb_array_elements_text("scopes") AS "scopes_of" ("scope")
) AS "kept"
ON CONFLICT DO NOTHING;--> statement-breakpoint
UPDATE "requests" SET "has_several_scopes" = true
WHERE (SELECT count(*) FROM "request_scopes" WHERE "request_scopes"."reference" = "requests"."reference") > 1;--> statement-breakpoint
UPDATE "requests" SET "scope_key" = "only"."scope_key", "subscription_key" = "only"."subscription_key"
FROM "request_scopes" AS "only"
WHERE "only"."reference" = "requests"."reference" AND NOT "has_several_scopes";--> statement-breakpoint
DELETE FROM "request_scopes" USING "requests"
WHERE "requests"."reference" = "request_scopes"."reference" AND NOT "has_several_scopes";--> statement-breakpoint
INSERT INTO "request_targets" ("reference", "exemption_key")
SELECT "reference", rtrim(lower(trim("target" ->> 'exemptionId')), '/')
FROM "requests" CROSS JOIN LATERAL jsonb_array_elements("targets") AS "targets_of" ("target")
ON CONFLICT DO NOTHING;
