/* SPDX-License-Identifier: MIT */
/*
 * conf_text.c: takes the comments out of what libconfuse is given, for it
 * counts a line with a comment three times, and knows none within a list.
 * Every character stays in its line. Called by conf.c.
 */
#include "io/conf_text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/banned.h"

/* What ends a word that has no quotes. */
#define BETWEEN_WORDS " #\"'\t\n\r={}()+,*"

static char *
blank(char *at, const char *end)
{
	for (; at < end; at++) {
		if (*at != '\n')
			*at = ' ';
	}
	return at;
}

/* Behind the quote that closes the one at ${at}. */
static char *
skip_quoted(char *at)
{
	char quote = *at++;

	while (*at != '\0' && *at != quote)
		at += at[0] == '\\' && at[1] != '\0' ? 2 : 1;
	return *at == '\0' ? at : at + 1;
}

/* Within a word // is no comment: http://host. */
static void
blank_comments(struct conf_text *text)
{
	char *at = text->at;

	while (*at != '\0') {
		if (*at == '#' || strncmp(at, "//", 2) == 0) {
			at = blank(at, at + strcspn(at, "\n"));
		} else if (strncmp(at, "/*", 2) == 0) {
			const char *end = strstr(at + 2, "*/");

			if (end == NULL) {
				text->unclosed = "/*";
				return;
			}
			at = blank(at, end + 2);
		} else if (*at == '"' || *at == '\'') {
			at = skip_quoted(at);
		} else {
			size_t word = strcspn(at, BETWEEN_WORDS);

			text->depth += (*at == '{') - (*at == '}');
			at += word > 0 ? word : 1;
		}
	}
	if (text->depth > 0)
		text->unclosed = "{";
}

bool
conf_text_read(struct conf_text *text, FILE *file)
{
	*text = (struct conf_text){ 0 };
	text->at = malloc(CONF_TEXT_MAX + 1);
	if (text->at == NULL)
		return false;
	text->bytes = fread(text->at, 1, CONF_TEXT_MAX + 1, file);
	if (ferror(file))
		return false;
	if (text->bytes > CONF_TEXT_MAX) {
		errno = EFBIG;
		return false;
	}
	text->at[text->bytes] = '\0';
	blank_comments(text);
	return true;
}

void
conf_text_fini(struct conf_text *text)
{
	free(text->at);
	text->at = NULL;
}
