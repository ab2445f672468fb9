/* SPDX-License-Identifier: MIT */
/* alert.c: reads alerts from columns of text. Refuses nothing that can be delivered. */
#include "core/alert.h"

#include <assert.h>
#include <inttypes.h>
#include <limits.h>
#include <stddef.h>
#include <string.h>

#include "core/banned.h"

static const char *const kinds[ALERT_KINDS] = {
	[ALERT_DUE_SOON] = "due_soon",
	[ALERT_RELEASE_DUE] = "release_due",
	[ALERT_OVERDUE] = "overdue",
	[ALERT_SUPERSEDED] = "superseded",
	[ALERT_RESOLVED] = "resolved",
	[ALERT_DEADLINE_MOVED] = "deadline_moved",
	[ALERT_COUNSEL_NEEDED] = "counsel_needed",
	[ALERT_CLAIM_REVIEW] = "claim_review",
	[ALERT_CUSTODY_UNCLEAR] = "custody_unclear",
	[ALERT_DUTY_DUE] = "duty_due",
	[ALERT_DUTY_MISSED] = "duty_missed",
	[ALERT_FACTS_STALE] = "facts_stale",
	[ALERT_MONITOR_DEGRADED] = "monitor_degraded",
	[ALERT_DIGEST] = "digest",
	[ALERT_DAILY_DIGEST] = "daily_digest",
	[ALERT_TEST] = "test",
	[ALERT_OTHER] = "",
};

static const char *const severities[] = {
	[SEVERITY_INFO] = "info",
	[SEVERITY_WARNING] = "warning",
	[SEVERITY_CRITICAL] = "critical",
};

static enum alert_kind
kind_of(const char *name)
{
	for (enum alert_kind kind = 0; kind < ALERT_OTHER; kind++) {
		if (name != NULL && strcmp(name, kinds[kind]) == 0)
			return kind;
	}
	return ALERT_OTHER;
}

/* A severity that is not known is shown as a warning: neither hushed nor cried wolf. */
static enum alert_severity
severity_of(const char *name)
{
	for (size_t i = 0; i < sizeof severities / sizeof severities[0]; i++) {
		if (name != NULL && strcmp(name, severities[i]) == 0)
			return (enum alert_severity)i;
	}
	return SEVERITY_WARNING;
}

static enum alert_verdict
verdict_of(const char *allowed)
{
	if (allowed == NULL)
		return VERDICT_UNKNOWN;
	return allowed[0] == 't' ? VERDICT_ALLOWED : VERDICT_FORBIDDEN;
}

static int
count_of(const char *column)
{
	int64_t value;

	if (!text_to_int64(column, &value) || value < 0 || value > INT_MAX)
		return 0;
	return (int)value;
}

static bool
is_true(const char *column)
{
	return column != NULL && column[0] == 't';
}

static const char *
lines_of(const char *column)
{
	return column != NULL ? column : "";
}

static void
take(char *to, size_t bytes, const char *column)
{
	if (!text_copy(to, bytes, column)) {
		(void)text_copy(to, bytes - strlen("..."), column);
		memcpy(to + strlen(to), "...", sizeof "...");
	}
	text_clean(to);
}

struct instant
alert_instant(const char *us)
{
	struct instant at;

	if (!text_to_int64(us, &at.us))
		return INSTANT_UNKNOWN;
	return at;
}

static void
take_texts(struct alert *alert, const char *const columns[ALERT_COLUMNS])
{
#define TAKE(field, column) take(alert->field, sizeof alert->field, columns[column])
	TAKE(kind_name, ALERT_COLUMN_KIND);
	TAKE(reason, ALERT_COLUMN_REASON);
	TAKE(facility, ALERT_COLUMN_FACILITY);
	TAKE(facility_name, ALERT_COLUMN_FACILITY_NAME);
	TAKE(booking_number, ALERT_COLUMN_BOOKING_NUMBER);
	TAKE(citation, ALERT_COLUMN_CITATION);
	TAKE(counsel_contact, ALERT_COLUMN_COUNSEL_CONTACT);
	TAKE(other_authority, ALERT_COLUMN_OTHER_AUTHORITY);
	TAKE(release_local, ALERT_COLUMN_RELEASE_LOCAL);
	TAKE(release_clock, ALERT_COLUMN_RELEASE_CLOCK);
	TAKE(due_local, ALERT_COLUMN_DUE_LOCAL);
	TAKE(raised_local, ALERT_COLUMN_RAISED_LOCAL);
	TAKE(as_of_local, ALERT_COLUMN_AS_OF_LOCAL);
	TAKE(as_of_clock, ALERT_COLUMN_AS_OF_CLOCK);
	TAKE(learned_clock, ALERT_COLUMN_LEARNED_CLOCK);
	TAKE(stands, ALERT_COLUMN_STANDS);
#undef TAKE
}

bool
alert_decode(struct alert *alert, const char *const columns[ALERT_COLUMNS])
{
	const char *id = columns[ALERT_COLUMN_ID];

	*alert =
	    (struct alert){ .kind = kind_of(columns[ALERT_COLUMN_KIND]), .as_of = INSTANT_UNKNOWN };
	if (id == NULL || id[0] == '\0' || !text_copy(alert->id, sizeof alert->id, id))
		return false;
	text_clean(alert->id);
	alert->severity = severity_of(columns[ALERT_COLUMN_SEVERITY]);
	alert->verdict = verdict_of(columns[ALERT_COLUMN_ALLOWED]);
	alert->occurrence = count_of(columns[ALERT_COLUMN_OCCURRENCE]);
	alert->telling = count_of(columns[ALERT_COLUMN_TELLING]);
	if (!text_to_int64(columns[ALERT_COLUMN_STAY], &alert->stay))
		alert->stay = 0;
	alert->warrant_on_file = is_true(columns[ALERT_COLUMN_WARRANT_ON_FILE]);
	alert->listed = lines_of(columns[ALERT_COLUMN_LISTED]);
	alert->closes = lines_of(columns[ALERT_COLUMN_CLOSES]);
	alert->release_at = alert_instant(columns[ALERT_COLUMN_RELEASE_US]);
	alert->due_at = alert_instant(columns[ALERT_COLUMN_DUE_US]);
	alert->raised_at = alert_instant(columns[ALERT_COLUMN_RAISED_US]);
	alert->learned_at = alert_instant(columns[ALERT_COLUMN_LEARNED_US]);
	take_texts(alert, columns);
	return true;
}

static struct span
between(struct instant from, struct instant to)
{
	struct span length = { 0 };

	if (instant_known(from) && instant_known(to))
		length = instant_since(to, from);
	return length.us > 0 ? length : (struct span){ 0 };
}

/* A reminder's own instant is nothing that happened. */
static struct instant
happened_at(const struct alert *alert)
{
	bool reminds = alert->kind == ALERT_OVERDUE && instant_known(alert->release_at);

	return reminds ? alert->release_at : alert->due_at;
}

static bool
learned_late(const struct alert *alert)
{
	return instant_known(alert->learned_at) && alert->learned_at.us > alert->due_at.us;
}

struct span
alert_late(const struct alert *alert)
{
	return between(learned_late(alert) ? alert->learned_at : alert->due_at, alert->raised_at);
}

struct span
alert_data_late(const struct alert *alert)
{
	return between(happened_at(alert), alert->learned_at);
}

struct span
alert_over(const struct alert *alert)
{
	return between(
	    alert->release_at, instant_known(alert->as_of) ? alert->as_of : alert->raised_at);
}

void
alert_message_id(const struct alert *alert, struct text *out)
{
	text_add(out, alert->id);
	if (alert->telling > 0)
		text_addf(out, "-r%d", alert->telling);
}

bool
alert_is_open(const struct alert *alert)
{
	switch (alert->kind) {
	case ALERT_DUE_SOON:
	case ALERT_RELEASE_DUE:
	case ALERT_OVERDUE:
	case ALERT_COUNSEL_NEEDED:
	case ALERT_CLAIM_REVIEW:
	case ALERT_CUSTODY_UNCLEAR:
	case ALERT_FACTS_STALE:
	case ALERT_MONITOR_DEGRADED: return true;
	case ALERT_SUPERSEDED:
	case ALERT_RESOLVED:
	case ALERT_DEADLINE_MOVED:
	case ALERT_DUTY_DUE:
	case ALERT_DUTY_MISSED:
	case ALERT_DIGEST:
	case ALERT_DAILY_DIGEST:
	case ALERT_TEST:
	case ALERT_OTHER:
	case ALERT_KINDS: break;
	}
	return false;
}

/* The next word of a line, blanks before it passed over; returns where it ends. */
static const char *
take_word(const char *at, char *to, size_t bytes)
{
	size_t length;
	struct text word;

	at += strspn(at, " ");
	length = strcspn(at, " \n");
	text_init(&word, to, bytes);
	text_add_bytes(&word, at, length);
	text_clean(to);
	return at + length;
}

const char *
alert_next_closed(const char *at, struct alert_closed *ret_closed)
{
	at += strspn(at, " \n");
	if (*at == '\0')
		return NULL;
	at = take_word(at, ret_closed->id, sizeof ret_closed->id);
	at = take_word(at, ret_closed->kind, sizeof ret_closed->kind);
	at = take_word(at, ret_closed->severity, sizeof ret_closed->severity);
	at += strcspn(at, "\n");
	return at + (*at == '\n');
}

bool
alert_thread(const struct alert *alert, struct text *out)
{
	char stay_at[32];
	const char *found;
	struct text stay;

	text_init(&stay, stay_at, sizeof stay_at);
	text_addf(&stay, "-%" PRId64 "-", alert->stay);
	found = strstr(alert->id, stay_at);
	if (alert->stay == 0)
		return false;
	if (found != NULL)
		text_add_bytes(out, alert->id, (size_t)(found - alert->id));
	text_addf(out, "-stay-%" PRId64, alert->stay);
	return true;
}

void
alert_series(const char *id, struct text *out)
{
	const char *last = strrchr(id, '-');

	text_add_bytes(out, id, last != NULL ? (size_t)(last - id) : strlen(id));
}

const char *
alert_severity_name(enum alert_severity severity)
{
	assert(severity <= SEVERITY_CRITICAL);
	return severities[severity];
}
