ALTER TABLE "requests" ADD COLUMN "governance" jsonb DEFAULT '{"approvals":1,"approvers":[],"limits":{"maxDays":365,"neverExpires":false,"justificationMinLength":20,"ticket":{"required":false,"patterns":[]}},"trace":[]}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "requests" ALTER COLUMN "governance" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "terms_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "approvals" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
UPDATE "requests" SET "approvals" = jsonb_build_array(jsonb_build_object('by', "decided_by", 'at', to_char("decided_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'comment', coalesce("decision_comment", ''))) WHERE "decided_by" IS NOT NULL AND "status" <> 'rejected';
