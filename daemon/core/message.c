/* SPDX-License-Identifier: MIT */
/* message.c: headers and body of a mail. Called by the shell; sends nothing. */
#include "core/message.h"

#include <stdbool.h>
#include <string.h>

#include "core/mime.h"

#include "core/banned.h"

/* "=_" never stands in quoted-printable, so no body can hold the boundary. */
#define BOUNDARY "=_detainerd"

static void
add_to(struct text *out, const struct receiver *receiver)
{
	text_add(out, "To: ");
	for (int i = 0; i < receiver->to_count; i++)
		text_addf(out, "%s%s", i > 0 ? ",\r\n " : "", receiver->to[i]);
	text_add(out, "\r\n");
}

/* <id@domain of the sender>: of the id only what may stand there without quotes, the rest becomes _. */
static void
add_id_header(struct text *out, const char *name, const char *id, const struct receiver *receiver)
{
	const char *domain = strchr(receiver->from, '@');

	text_addf(out, "%s: <", name);
	for (; *id != '\0'; id++) {
		bool plain = (*id >= '0' && *id <= '9') || (*id >= 'A' && *id <= 'Z') ||
			     (*id >= 'a' && *id <= 'z') || *id == '-' || *id == '_';

		text_add_bytes(out, plain ? id : "_", 1);
	}
	text_addf(out, "%s>\r\n", domain != NULL ? domain : "@localhost");
}

static void
add_ids(struct text *out, const struct alert *alert, const struct receiver *receiver)
{
	char id_at[sizeof alert->id + 32];
	struct text id;

	text_init(&id, id_at, sizeof id_at);
	alert_message_id(alert, &id);
	add_id_header(out, "Message-ID", id_at, receiver);
	text_init(&id, id_at, sizeof id_at);
	if (!alert_thread(alert, &id))
		return;
	add_id_header(out, "In-Reply-To", id_at, receiver);
	add_id_header(out, "References", id_at, receiver);
}

/* When it was raised; told again on purpose it is a new message, of its own time. A mail must have some date. */
static const char *
date_of(const struct alert *alert, char date[INSTANT_TEXT_BYTES])
{
	const struct instant first = alert->telling > 0 ? alert->as_of : alert->raised_at;

	if (instant_rfc5322(first, date)[0] == '\0' &&
	    instant_rfc5322(alert->as_of, date)[0] == '\0')
		(void)instant_rfc5322((struct instant){ 0 }, date);
	return date;
}

static void
add_headers(const struct alert *alert, const struct receiver *receiver, const char *subject,
    struct text *out)
{
	char date[INSTANT_TEXT_BYTES];

	mime_header(out, "From", receiver->from);
	add_to(out, receiver);
	mime_header(out, "Subject", subject);
	mime_header(out, "Date", date_of(alert, date));
	add_ids(out, alert, receiver);
	mime_header(out, "Auto-Submitted", "auto-generated");
	mime_header(out, "X-Auto-Response-Suppress", "All");
	if (alert->severity == SEVERITY_CRITICAL) {
		mime_header(out, "Importance", "high");
		mime_header(out, "X-Priority", "1");
	}
	mime_header(out, "MIME-Version", "1.0");
	mime_header(out, "Content-Type", "multipart/alternative; boundary=\"" BOUNDARY "\"");
}

/* The line end before a boundary belongs to it. */
static void
begin_part(struct text *out, const char *type, struct mime_quoted *body)
{
	text_add(out, "\r\n--" BOUNDARY "\r\n");
	mime_header(out, "Content-Type", type);
	mime_header(out, "Content-Transfer-Encoding", "quoted-printable");
	text_add(out, "\r\n");
	mime_quoted_begin(body, out);
}

static void
end_parts(struct text *out)
{
	text_add(out, "\r\n--" BOUNDARY "--\r\n");
}

/* HTML */

static void
add_escaped(struct mime_quoted *html, const char *at, size_t length)
{
	for (; length > 0; at++, length--) {
		const char one[2] = { *at, '\0' };

		switch (*at) {
		case '&': mime_quoted_add(html, "&amp;"); break;
		case '<': mime_quoted_add(html, "&lt;"); break;
		case '>': mime_quoted_add(html, "&gt;"); break;
		case '"': mime_quoted_add(html, "&quot;"); break;
		default: mime_quoted_add(html, one); break;
		}
	}
}

static void
add_element(struct mime_quoted *html, const char *open, const char *at, size_t length)
{
	mime_quoted_add(html, open);
	add_escaped(html, at, length);
}

/* A labelled line is a term and what is said of it. */
static void
add_term(struct mime_quoted *html, const char *at, size_t length)
{
	size_t label = 0;

	while (label < length && strncmp(at + label, ": ", 2) != 0)
		label++;
	add_element(html, "<dt>", at, label);
	label = label + 2 < length ? label + 2 : length;
	add_element(html, "</dt><dd>", at + label, length - label);
	mime_quoted_add(html, "</dd>\n");
}

/* The three parts of a text (core/compose), in order. */
enum part {
	PART_PARAGRAPHS,
	PART_LABELS,
	PART_LIST,
	PARTS
};

static const struct {
	const char *opens, *closes;
} parts[PARTS] = {
	[PART_PARAGRAPHS] = { "", "" },
	[PART_LABELS] = { "<dl>\n", "</dl>\n" },
	[PART_LIST] = { "<ul>\n", "</ul>\n" },
};

static void
add_line(struct mime_quoted *html, enum part part, const char *at, size_t length)
{
	switch (part) {
	case PART_PARAGRAPHS:
		add_element(html, "<p>", at, length);
		mime_quoted_add(html, "</p>\n");
		return;
	case PART_LABELS: add_term(html, at, length); return;
	case PART_LIST:
	case PARTS: break;
	}
	add_element(html, "<li>", at, length);
	mime_quoted_add(html, "</li>\n");
}

static void
add_html(struct mime_quoted *html, const char *subject, const char *text)
{
	enum part part = PART_PARAGRAPHS;

	add_element(html,
	    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>",
	    subject, strlen(subject));
	mime_quoted_add(html, "</title>\n</head>\n<body>\n");
	while (*text != '\0') {
		size_t length = strcspn(text, "\n");

		if (length == 0 && part < PART_LIST) {
			mime_quoted_add(html, parts[part].closes);
			mime_quoted_add(html, parts[++part].opens);
		} else {
			add_line(html, part, text, length);
		}
		text += length + (text[length] == '\n');
	}
	mime_quoted_add(html, parts[part].closes);
	mime_quoted_add(html, "</body>\n</html>\n");
}

void
message_write(const struct alert *alert, const struct receiver *receiver, struct text *out)
{
	enum conf_detail detail = conf_detail(receiver);
	char subject_at[COMPOSE_SUBJECT_BYTES], text_at[COMPOSE_TEXT_BYTES];
	struct text subject, text, before;
	struct mime_quoted body;

	text_init(&subject, subject_at, sizeof subject_at);
	text_init(&text, text_at, sizeof text_at);
	compose_subject(alert, detail, &subject);
	compose_text(alert, detail, &text);
	add_headers(alert, receiver, subject_at, out);
	begin_part(out, "text/plain; charset=utf-8", &body);
	mime_quoted_add(&body, text_at);
	mime_quoted_end(&body);
	before = *out;
	begin_part(out, "text/html; charset=utf-8", &body);
	add_html(&body, subject_at, text_at);
	mime_quoted_end(&body);
	end_parts(out);
	if (out->truncated) {
		*out = before;
		end_parts(out);
	}
}
