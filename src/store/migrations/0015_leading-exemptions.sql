ALTER TABLE "listed_exemptions" ADD COLUMN "leads" boolean DEFAULT false NOT NULL;--> statement-breakpoint
UPDATE "listed_exemptions" SET "leads" = true WHERE NOT EXISTS (
	SELECT FROM "listed_exemptions" AS "other"
	WHERE "other"."occasion" = "listed_exemptions"."occasion" AND "other"."id" COLLATE "C" < "listed_exemptions"."id" COLLATE "C"
);
