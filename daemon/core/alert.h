/* SPDX-License-Identifier: MIT */
/*
 * alert: one alert as the database tells it, in memory of fixed size. Local
 * times come as text, rendered where the zones are known; nothing here names
 * a person.
 */
#ifndef DETAINERD_ALERT_H
#define DETAINERD_ALERT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/instant.h"
#include "core/text.h"

enum alert_kind {
	ALERT_DUE_SOON,         /* the hold ends before long */
	ALERT_RELEASE_DUE,      /* the hold has ended */
	ALERT_OVERDUE,          /* it has ended and the person is still here */
	ALERT_SUPERSEDED,       /* an earlier alert no longer holds */
	ALERT_RESOLVED,         /* custody has ended */
	ALERT_DEADLINE_MOVED,   /* the instant was moved later */
	ALERT_COUNSEL_NEEDED,   /* a detainer arrived and the law is silent */
	ALERT_CLAIM_REVIEW,     /* a citizenship, identity or juvenile bar was recorded */
	ALERT_CUSTODY_UNCLEAR,  /* left without saying where to */
	ALERT_DUTY_DUE,         /* the law asks for something within hours, which have begun */
	ALERT_DUTY_MISSED,      /* they are over, and it is not on record as done */
	ALERT_FACTS_STALE,      /* the feed of facts has stopped */
	ALERT_MONITOR_DEGRADED, /* detainerd itself needs help */
	ALERT_DIGEST,           /* many alerts in one message */
	ALERT_DAILY_DIGEST,     /* once a day: what nobody should forget */
	ALERT_TEST,             /* asked for by an administrator; means nothing */
	ALERT_OTHER,            /* a kind newer than this program: delivered all the same */
	ALERT_KINDS
};

enum alert_severity {
	SEVERITY_INFO,
	SEVERITY_WARNING,
	SEVERITY_CRITICAL
};

/* What the law says, where unknown is an answer too. */
enum alert_verdict {
	VERDICT_UNKNOWN,
	VERDICT_FORBIDDEN,
	VERDICT_ALLOWED
};

struct alert {
	char id[160];
	enum alert_kind kind;
	char kind_name[32];
	enum alert_severity severity;
	enum alert_verdict verdict;
	int occurrence;
	int telling;  /* how often its receiver has accepted it before: above 0 it is told again */
	int64_t stay; /* 0: about no stay */
	bool
	    warrant_on_file; /* a judicial warrant is recorded, and no basis that follows from it */
	char reason[120];
	char facility[64];
	char facility_name[120];
	char booking_number[64];
	char citation[200]; /* section of law, never the subsection */
	char counsel_contact[320];
	char other_authority[200]; /* who else keeps the person, by kind; empty: none on file */
	char stands
	    [120]; /* of a stand-down, or an instant that moved: what holds now, as words_stands() knows it */
	struct instant release_at, due_at, raised_at; /* the database's clock */
	struct instant learned_at; /* when the fact was recorded, where that was after due_at */
	struct instant as_of;      /* when it was claimed to be told; the same clock */
	char release_local[48];    /* 2026-11-24 14:05:00 EST */
	char release_clock[24];    /* 14:05 EST */
	char learned_clock[48];    /* 2026-11-24 20:02 EST */
	char due_local[48], raised_local[48], as_of_local[48];
	char as_of_clock[24]; /* 13:58 EST */
	/*
	 * Lines of text of any length, never null; borrowed from whoever decoded the
	 * alert, for as long as the step lasts in which it was claimed.
	 */
	const char *listed; /* of a digest: what it lists */
	const char
	    *closes; /* of a closing word: "ALERT_ID KIND SEVERITY" of each alert that it closes */
};

/* The columns from which an alert is read, in the order of the statement that claims. */
enum alert_column {
	ALERT_COLUMN_ID,
	ALERT_COLUMN_KIND,
	ALERT_COLUMN_SEVERITY,
	ALERT_COLUMN_REASON,
	ALERT_COLUMN_ALLOWED,
	ALERT_COLUMN_FACILITY,
	ALERT_COLUMN_FACILITY_NAME,
	ALERT_COLUMN_BOOKING_NUMBER,
	ALERT_COLUMN_CITATION,
	ALERT_COLUMN_COUNSEL_CONTACT,
	ALERT_COLUMN_RELEASE_US,
	ALERT_COLUMN_DUE_US,
	ALERT_COLUMN_LEARNED_US,
	ALERT_COLUMN_RAISED_US,
	ALERT_COLUMN_RELEASE_LOCAL,
	ALERT_COLUMN_RELEASE_CLOCK,
	ALERT_COLUMN_DUE_LOCAL,
	ALERT_COLUMN_LEARNED_CLOCK,
	ALERT_COLUMN_RAISED_LOCAL,
	ALERT_COLUMN_AS_OF_LOCAL,
	ALERT_COLUMN_AS_OF_CLOCK,
	ALERT_COLUMN_OTHER_AUTHORITY,
	ALERT_COLUMN_WARRANT_ON_FILE,
	ALERT_COLUMN_STANDS,
	ALERT_COLUMN_LISTED,
	ALERT_COLUMN_CLOSES,
	ALERT_COLUMN_STAY,
	ALERT_COLUMN_OCCURRENCE,
	ALERT_COLUMN_TELLING,
	ALERT_COLUMNS
};

/*
 * alert_decode(alert, columns): Read ${alert} from ${columns}, texts as the
 * server prints them, null where it says null; copies all of them but the two
 * long ones, which it borrows. Whatever
 * can be delivered is accepted: an unknown kind becomes ALERT_OTHER, a text
 * that is too long is cut, and ends in "..."; control characters become blanks. False only where
 * the id is missing or too long to be carried whole.
 */
bool alert_decode(struct alert *alert, const char *const columns[ALERT_COLUMNS])
    __attribute__((warn_unused_result));

/* alert_instant(us): An instant from epoch microseconds as text; null or rubbish is unknown. */
struct instant alert_instant(const char *us);

/*
 * alert_late(alert): How late detainerd raised ${alert}: after its instant, or
 * after its fact was recorded, whichever came later. 0 where not known.
 */
struct span alert_late(const struct alert *alert);

/* alert_data_late(alert): How long after the instant of ${alert}, of overdue after the end of lawful custody, its fact was recorded; 0: in time. */
struct span alert_data_late(const struct alert *alert);

/* alert_over(alert): How long before it was claimed lawful custody had ended; 0 where it had not, or is not known. */
struct span alert_over(const struct alert *alert);

/*
 * alert_message_id(alert, out): Append the id that a message about ${alert}
 * carries: its own, and told again on purpose, its own with the number of
 * that telling. Every attempt of one telling carries the same.
 */
void alert_message_id(const struct alert *alert, struct text *out);

/* alert_is_open(alert): Does ${alert} stand until another one closes it? Else it is said once. */
bool alert_is_open(const struct alert *alert);

/* What a closing word says of one alert that it closes. */
struct alert_closed {
	char id[160];
	char kind[32];
	char severity[16];
};

/*
 * alert_next_closed(at, ret_closed): Read the first line of ${at}, as in
 * alert.closes, and return what follows it; null where there is none left.
 * Lines that are none are passed over.
 */
const char *alert_next_closed(const char *at, struct alert_closed *ret_closed);

/* alert_thread(alert, out): Append what every alert of one stay has in common, <install>-stay-<stay>; false, and nothing, if it is about none. */
bool alert_thread(const struct alert *alert, struct text *out);

/* alert_series(id, out): Append ${id} without its last -<occurrence>. */
void alert_series(const char *id, struct text *out);

/* alert_severity_name(severity): As the database writes it. */
const char *alert_severity_name(enum alert_severity severity);

#endif
