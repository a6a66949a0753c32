CREATE TABLE "write_steps" (
	"reference" text NOT NULL,
	"exemption_key" text NOT NULL,
	"exemption_id" text NOT NULL,
	"sequence" serial NOT NULL,
	"before" text,
	"state" text NOT NULL,
	"refusal" text,
	CONSTRAINT "write_steps_reference_exemption_key_pk" PRIMARY KEY("reference","exemption_key")
);
--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "also_exempts" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "left_out" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "progress" jsonb;