/* SPDX-License-Identifier: MIT */
/*
 * html.c: called by period.c. What stands in a database is text here, never markup.
 */
#include "ctl/html.h"

#include <ctype.h>
#include <stdio.h>

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n";

static const char style[] =
    "<style>\n"
    "body { font: 1rem/1.5 system-ui, sans-serif; margin: 1rem auto; max-width: 80rem; padding: 0 1rem; }\n"
    ".skip { position: absolute; left: -100rem; }\n"
    ".skip:focus { position: static; }\n"
    ":focus-visible { outline: 3px solid; outline-offset: 2px; }\n"
    ".wide { overflow-x: auto; }\n"
    "table { border-collapse: collapse; width: 100%; margin-bottom: 2rem; }\n"
    "caption { font-weight: bold; font-size: 1.2rem; text-align: left; padding: .5rem 0; }\n"
    "th, td { border-bottom: 1px solid; padding: .3rem .6rem .3rem 0; text-align: left; vertical-align: top; }\n"
    ".number { text-align: right; }\n"
    "@media print {\n"
    "  @page { size: landscape; margin: 1.5cm; }\n"
    "  body { font-size: 9pt; margin: 0; max-width: none; padding: 0; }\n"
    "  .skip { display: none; }\n"
    "  .wide { overflow: visible; }\n"
    "  thead { display: table-header-group; }\n"
    "  tr { break-inside: avoid; }\n"
    "}\n"
    "</style>\n";

static void
put(const char *text)
{
	for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
		switch (*at) {
		case '&': fputs("&amp;", stdout); break;
		case '<': fputs("&lt;", stdout); break;
		case '>': fputs("&gt;", stdout); break;
		case '"': fputs("&quot;", stdout); break;
		default: putchar(*at < ' ' || *at == 0x7f ? ' ' : *at);
		}
	}
}

/* A title as a sentence begins: some programs spell out what stands in capitals. */
static void
put_title(const char *title)
{
	putchar(toupper((unsigned char)*title));
	for (title++; *title != '\0'; title++)
		putchar(tolower((unsigned char)*title));
}

static const char *
class_of(const struct table_column *column)
{
	return column->kind == TABLE_NUMBER ? " class=\"number\"" : "";
}

static void
put_headers(const struct table_column *columns)
{
	fputs("<thead><tr>", stdout);
	for (; columns->name != NULL; columns++) {
		if (columns->title == NULL)
			continue;
		printf("<th scope=\"col\"%s>", class_of(columns));
		put_title(columns->title);
		fputs("</th>", stdout);
	}
	fputs("</tr></thead>\n", stdout);
}

static void
put_row(const struct table_column *columns, const PGresult *result, int row)
{
	fputs("<tr>", stdout);
	for (int i = 0; columns[i].name != NULL; i++) {
		if (columns[i].title == NULL)
			continue;
		printf("<td%s>", class_of(&columns[i]));
		put(table_cell(&columns[i], result, row, i));
		fputs("</td>", stdout);
	}
	fputs("</tr>\n", stdout);
}

/* A region that can be scrolled must be reached by keyboard, and so has a name. */
static void
put_part(const struct report_part *part, const PGresult *result)
{
	fputs("<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"", stdout);
	put(part->title);
	printf("\" id=\"%s\">\n<table>\n<caption>", part->name);
	put(part->title);
	fputs("</caption>\n", stdout);
	put_headers(part->columns);
	fputs("<tbody>\n", stdout);
	for (int row = 0; row < PQntuples(result); row++)
		put_row(part->columns, result, row);
	fputs("</tbody>\n</table>\n", stdout);
	if (PQntuples(result) == 0) {
		fputs("<p>", stdout);
		put(part->nothing);
		fputs("</p>\n", stdout);
	}
	fputs("</div>\n", stdout);
}

static void
put_figures(const struct report *report, const PGresult *result)
{
	const struct table_column *columns = report->head.columns;

	fputs("<table>\n<caption>In short</caption>\n<tbody>\n", stdout);
	for (int i = 0; columns[i].name != NULL; i++) {
		if (columns[i].title == NULL)
			continue;
		fputs("<tr><th scope=\"row\">", stdout);
		put_title(columns[i].title);
		fputs("</th><td>", stdout);
		put(table_cell(&columns[i], result, 0, i));
		fputs("</td></tr>\n", stdout);
	}
	fputs("</tbody>\n</table>\n", stdout);
}

enum say_status
html_print(const struct period *period, const struct report_answer *answer)
{
	const struct report_part *parts = period->report.parts;

	printf("%s<title>", head);
	put(period->title);
	printf(
	    "</title>\n%s</head>\n<body>\n<a class=\"skip\" href=\"#%s\">Skip to the list</a>\n<main>\n<h1>",
	    style, parts[0].name);
	put(period->title);
	fputs("</h1>\n<p>", stdout);
	put(period->about);
	fputs("</p>\n", stdout);
	put_figures(&period->report, answer->head);
	for (int i = 0; i < REPORT_PARTS_MAX && parts[i].name != NULL; i++)
		put_part(&parts[i], answer->parts[i]);
	fputs("</main>\n</body>\n</html>\n", stdout);
	return table_flush();
}
