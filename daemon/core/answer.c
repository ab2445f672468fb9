/* SPDX-License-Identifier: MIT */
/* answer.c: foreign words, cleaned. Called by io/courier, io/command and core/outbox. */
#include "core/answer.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "core/text.h"

#include "core/banned.h"

/* Shorter runs than this are equal by chance: "accepted" is in many alerts. */
#define RUN_MIN 12

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
in_word(char c)
{
	c = lower(c);
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
	       (unsigned char)c >= 0x80;
}

/* How far from its start ${said} goes on like some place of ${sent}, 0 if not for RUN_MIN or all of it. */
static size_t
longest_run(struct answer_bytes said, struct answer_bytes sent)
{
	const char *at = sent.at, *end = sent.at + sent.count;
	size_t least = sent.count < RUN_MIN ? sent.count : RUN_MIN, longest = 0;

	if (said.count < least || least == 0)
		return 0;
	while ((size_t)(end - at) >= least &&
	       (at = memchr(at, said.at[0], (size_t)(end - at) - least + 1)) != NULL) {
		size_t same = 0;

		while (same < said.count && at + same < end && at[same] == said.at[same])
			same++;
		if (same >= least && same > longest)
			longest = same;
		at++;
	}
	return longest;
}

static bool
same_word(const char *one, const char *other, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (lower(one[i]) != lower(other[i]))
			return false;
	}
	return true;
}

/* Where ${word} stands in ${text} from ${from} on, with no more of a word on either side; its count if nowhere. */
static size_t
find_word(struct answer_bytes text, size_t from, struct answer_bytes word)
{
	for (size_t i = from; i + word.count <= text.count; i++) {
		size_t after = i + word.count;

		if ((i == 0 || !in_word(text.at[i - 1])) &&
		    (after == text.count || !in_word(text.at[after])) &&
		    same_word(text.at + i, word.at, word.count))
			return i;
	}
	return text.count;
}

static bool
has_digit(struct answer_bytes word)
{
	for (size_t i = 0; i < word.count; i++) {
		if (word.at[i] >= '0' && word.at[i] <= '9')
			return true;
	}
	return false;
}

static void
mark_runs(bool *echoed, struct answer_bytes said, struct answer_bytes sent)
{
	for (size_t i = 0; i < said.count;) {
		size_t run =
		    longest_run((struct answer_bytes){ said.at + i, said.count - i }, sent);

		memset(echoed + i, true, run);
		i += run > 0 ? run : 1;
	}
}

static void
mark_words(bool *echoed, struct answer_bytes said, struct answer_bytes sent)
{
	for (size_t i = 0; i < said.count;) {
		struct answer_bytes word = { said.at + i, 0 };

		while (i + word.count < said.count && in_word(word.at[word.count]))
			word.count++;
		if (word.count > 1 && has_digit(word) && find_word(sent, 0, word) < sent.count)
			memset(echoed + i, true, word.count);
		i += word.count > 0 ? word.count : 1;
	}
}

/* Runs of blanks as one, none at either end. */
static void
squeeze(char *at)
{
	char *to = at;

	for (const char *from = at; *from != '\0'; from++) {
		if (*from != ' ' || (to > at && to[-1] != ' '))
			*to++ = *from;
	}
	if (to > at && to[-1] == ' ')
		to--;
	*to = '\0';
}

void
answer_write(
    char out[DELIVERY_ANSWER_BYTES], struct answer_bytes said, const struct answer_bytes *sent)
{
	bool echoed[ANSWER_RAW_BYTES] = { false };
	char words[ANSWER_RAW_BYTES + 1];

	if (said.count > ANSWER_RAW_BYTES)
		said.count = ANSWER_RAW_BYTES;
	for (; sent->at != NULL; sent++) {
		mark_runs(echoed, said, *sent);
		mark_words(echoed, said, *sent);
	}
	for (size_t i = 0; i < said.count; i++)
		words[i] = echoed[i] || said.at[i] == '\0' ? ' ' : said.at[i];
	words[said.count] = '\0';
	text_clean(words); /* an echo may have ended within a character */
	squeeze(words);
	(void)text_copy(out, DELIVERY_ANSWER_BYTES, words);
}

void
answer_forget(char *answer, const char *word)
{
	struct answer_bytes gone = { word, strlen(word) };
	struct answer_bytes text = { answer, strlen(answer) };
	size_t at = 0;

	if (gone.count == 0)
		return;
	while ((at = find_word(text, at, gone)) < text.count) {
		memmove(answer + at, answer + at + gone.count, text.count - at - gone.count + 1);
		text.count -= gone.count;
	}
}
