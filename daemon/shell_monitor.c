/* SPDX-License-Identifier: MIT */
/*
 * shell_monitor.c: what monitors ask for, and where. Called by shell.c. That
 * nobody can ask is said once and stops nothing: people in custody first.
 */
#include "shell_parts.h"

#include <errno.h>
#include <string.h>

#include "io/http.h"
#include "io/journal.h"

#include "core/banned.h"

static void
answer_with(struct http_answer *answer, int status, const char *type, const struct text *text)
{
	*answer = (struct http_answer){ status, type, text->at, text->length };
}

static void
on_asked(void *owner, const char *path, struct http_answer *answer)
{
	struct shell *shell = owner;
	const struct metrics_source source = { &shell->metrics, &shell->engine, VERSION,
		clock_now() };
	struct text text;

	text_init(&text, shell->page, sizeof shell->page);
	if (strcmp(path, "/metrics") == 0) {
		metrics_write(&source, &text);
		answer_with(answer, 200, "text/plain; version=0.0.4; charset=utf-8", &text);
	} else if (strcmp(path, "/healthz") == 0) {
		bool fine = metrics_health(&source, &text);

		answer_with(answer, fine ? 200 : 503, "text/plain; charset=utf-8", &text);
	}
}

void
shell_monitor_open(struct shell *shell)
{
	const char *where = shell->confs[shell->conf].metrics_listen;
	struct listen_at at;
	char words[LISTEN_BYTES + 80];
	struct text text;

	if (shell->http != NULL && strcmp(where, shell->listening) == 0)
		return;
	shell_monitor_close(shell);
	if (!listen_parse(where, &at) || at.family == LISTEN_NOWHERE)
		return;
	shell->http = http_open(shell->loop, &at, on_asked, shell);
	if (shell->http != NULL) {
		(void)text_copy(shell->listening, sizeof shell->listening, where);
		return;
	}
	text_init(&text, words, sizeof words);
	text_addf(&text, "%s: %s", where, strerror(errno));
	journal_note(NOTE_NOT_LISTENING, words, NULL, NULL);
}

void
shell_monitor_close(struct shell *shell)
{
	http_close(shell->http);
	shell->http = NULL;
}
