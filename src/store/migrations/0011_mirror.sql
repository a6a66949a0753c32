CREATE TABLE "mirror_batches" (
	"part" text NOT NULL,
	"slice" text NOT NULL,
	"batch" text NOT NULL,
	"digest" text NOT NULL,
	"read_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "mirror_batches_part_slice_pk" PRIMARY KEY("part","slice")
);
--> statement-breakpoint
CREATE TABLE "mirror_rows" (
	"part" text NOT NULL,
	"slice" text NOT NULL,
	"batch" text NOT NULL,
	"place" integer NOT NULL,
	"key" text NOT NULL,
	"data" jsonb NOT NULL
);
--> statement-breakpoint
CREATE INDEX "mirror_rows_by_key" ON "mirror_rows" USING btree ("part","key");--> statement-breakpoint
CREATE INDEX "mirror_rows_by_slice" ON "mirror_rows" USING btree ("part","slice");