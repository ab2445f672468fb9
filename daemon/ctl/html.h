/* SPDX-License-Identifier: MIT */
/*
 * html.h: a report as one page: to read, with whatever a person reads with, to print and to keep.
 *
 * The page needs nothing but itself: no script, no font, no picture, and its own policy forbids a browser to fetch any.
 * After WCAG 2.1 AA: a language, a heading, captions, headers with a scope, a way past what is repeated, no colour that
 * means anything, text that flows on a narrow screen, and the reader's own dark mode.
 */
#ifndef CTL_HTML_H
#define CTL_HTML_H

#include "ctl/period.h"

/* Writes the page to stdout. SAY_IO if that fails. */
enum say_status html_print(const struct period *period, const struct report_answer *answer);

#endif
