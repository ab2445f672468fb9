/* SPDX-License-Identifier: MIT */
/*
 * fault.c: classes of faults. SQLSTATEs are from PostgreSQL's appendix A; the
 * first row that fits decides, and a row may name a whole class by its first
 * two letters.
 */
#include "core/fault.h"

#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include "core/text.h"

#include "core/banned.h"

static const struct {
	const char *code; /* a whole SQLSTATE or its first two letters */
	enum fault_class class;
} sqlstates[] = {
	{ "28", FAULT_REFUSED },    /* invalid authorization: password, role, pg_hba */
	{ "42501", FAULT_REFUSED }, /* insufficient_privilege */
	{ "3D000", FAULT_MISSING }, /* no such database */
	{ "3F000", FAULT_MISSING }, /* no such schema */
	{ "42P01", FAULT_MISSING }, /* no such table */
	{ "42883", FAULT_MISSING }, /* no such function */
	{ "42703", FAULT_MISSING }, /* no such column: a schema of another version */
	{ "08", FAULT_AWAY },       /* connection exception */
	{ "53300", FAULT_AWAY },    /* out of connections */
	{ "53", FAULT_BUSY },       /* out of memory or disk: the session stands, and less may do */
	{ "57P", FAULT_AWAY },      /* starting up, shutting down, crashed */
	{ "58", FAULT_AWAY },       /* the server's own I/O */
	{ "XX", FAULT_AWAY },       /* internal error of the server */
	{ "25006", FAULT_AWAY },    /* read-only: a standby, or failing over */
	{ "40", FAULT_BUSY },       /* serialisation, deadlock */
	{ "55P03", FAULT_BUSY },    /* lock_timeout */
	{ "55006", FAULT_BUSY },    /* object in use */
	{ "57014", FAULT_BUSY },    /* statement_timeout, or cancelled by hand */
};

void
fault_set(struct fault *fault, enum fault_class class, const char *format, ...)
{
	struct text text;
	va_list arguments;

	*fault = (struct fault){ .class = class };
	text_init(&text, fault->text, sizeof fault->text);
	va_start(arguments, format);
	text_addv(&text, format, arguments);
	va_end(arguments);
	text_clean(fault->text);
	while (text.length > 0 && fault->text[text.length - 1] == ' ')
		fault->text[--text.length] = '\0';
}

enum fault_class
fault_of_sqlstate(const char *code)
{
	if (code == NULL || code[0] == '\0')
		return FAULT_AWAY;
	for (size_t i = 0; i < sizeof sqlstates / sizeof sqlstates[0]; i++) {
		const char *known = sqlstates[i].code;

		if (strncmp(code, known, strlen(known)) == 0)
			return sqlstates[i].class;
	}
	return FAULT_BUG;
}

const char *fault_name(enum fault_class class)
{
	static const char *const names[FAULT_CLASSES] = {
		[FAULT_NONE] = "none",
		[FAULT_AWAY] = "away",
		[FAULT_TIMEOUT] = "timeout",
		[FAULT_BUSY] = "busy",
		[FAULT_REFUSED] = "refused",
		[FAULT_MISSING] = "missing",
		[FAULT_BUG] = "bug",
		[FAULT_CONFIG] = "config",
	};

	return class < FAULT_CLASSES ? names[class] : "unknown";
}

enum exit_status fault_exit_status(enum fault_class class)
{
	switch (class) {
	case FAULT_NONE: return STATUS_OK;
	case FAULT_REFUSED: return STATUS_NOPERM;
	case FAULT_MISSING:
	case FAULT_BUG: return STATUS_UNAVAILABLE;
	case FAULT_CONFIG: return STATUS_CONFIG;
	case FAULT_AWAY:
	case FAULT_TIMEOUT:
	case FAULT_BUSY:
	case FAULT_CLASSES: break;
	}
	return STATUS_TEMPORARY;
}
