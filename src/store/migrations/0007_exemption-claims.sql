CREATE TABLE "exemption_claims" (
	"key" text NOT NULL,
	"slot" text NOT NULL,
	"by" text NOT NULL,
	"until" timestamp (3) with time zone,
	CONSTRAINT "exemption_claims_key_slot_pk" PRIMARY KEY("key","slot")
);
--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "absent" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "exemption_claims_by" ON "exemption_claims" USING btree ("by");--> statement-breakpoint
-- Who holds an exemption is who wrote it last; who waits to write it is who is approved, then who asked last.
WITH living AS (
	SELECT *,
		"status" IN ('applied', 'partly-applied', 'effective', 'revoking') OR ("status" = 'approved' AND "applied_at" IS NOT NULL) AS "holds",
		"status" IN ('pending', 'approved')
			OR ("ratify_by" IS NOT NULL AND "status" IN ('applied', 'partly-applied', 'effective')) AS "waits"
	FROM "requests"
), wanted AS (
	SELECT "living".*, "slot", rtrim(lower(trim("target" ->> 'exemptionId')), '/') AS "key"
	FROM "living"
	CROSS JOIN LATERAL jsonb_array_elements("targets") AS "targets_of" ("target")
	CROSS JOIN (VALUES ('holder'), ('successor')) AS "slots" ("slot")
	WHERE ("slot" = 'holder' AND "holds") OR ("slot" = 'successor' AND "waits")
	UNION ALL
	SELECT "living".*, 'successor', upper(trim("renewal" ->> 'of'))
	FROM "living"
	WHERE "renewal" ->> 'of' IS NOT NULL AND ("holds" OR "waits")
)
INSERT INTO "exemption_claims" ("key", "slot", "by")
SELECT DISTINCT ON ("key", "slot") "key", "slot", "reference"
FROM "wanted"
ORDER BY "key", "slot", "status" = 'approved' AND "slot" = 'successor' DESC, coalesce("applied_at", "created_at") DESC, "created_at" DESC, "reference" DESC;--> statement-breakpoint
-- What was written again since by another request is no longer in Azure for the earlier one.
UPDATE "requests" SET "absent" = "lost"."ids"
FROM (
	SELECT "requests"."reference", jsonb_agg("target" ->> 'exemptionId') AS "ids"
	FROM "requests"
	CROSS JOIN LATERAL jsonb_array_elements("targets") AS "targets_of" ("target")
	JOIN "exemption_claims" ON "slot" = 'holder' AND "by" <> "requests"."reference"
		AND "key" = rtrim(lower(trim("target" ->> 'exemptionId')), '/')
	WHERE "status" IN ('applied', 'partly-applied', 'effective', 'revoking') OR ("status" = 'approved' AND "applied_at" IS NOT NULL)
	GROUP BY "requests"."reference"
) AS "lost"
WHERE "requests"."reference" = "lost"."reference";
