CREATE TABLE "asked_cards" (
	"conversation_id" text NOT NULL,
	"activity_id" text NOT NULL,
	"asker_id" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "asked_cards_conversation_id_activity_id_pk" PRIMARY KEY("conversation_id","activity_id")
);
