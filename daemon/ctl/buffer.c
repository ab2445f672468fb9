/* SPDX-License-Identifier: MIT */
/*
 * buffer.c: growing bytes, and the three escapes an import needs. Called by csv, reject, stream and table_data.
 */
#include "ctl/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/say.h"

void
buffer_fini(struct buffer *buffer)
{
	free(buffer->data);
	*buffer = (struct buffer){ 0 };
}

void
buffer_clear(struct buffer *buffer)
{
	buffer->bytes = 0;
	if (buffer->data != NULL)
		buffer->data[0] = '\0';
}

void
buffer_reserve(struct buffer *buffer, size_t more)
{
	size_t need = buffer->bytes + more + 1;
	size_t room = buffer->room == 0 ? 256 : buffer->room;

	if (need <= buffer->room)
		return;
	while (room < need)
		room *= 2;
	char *data = realloc(buffer->data, room);
	if (data == NULL)
		exit((int)say(SAY_TEMPORARY,
		    "cannot continue: out of memory. Nothing was written; free some and try again."));
	buffer->data = data;
	buffer->room = room;
}

void
buffer_add(struct buffer *buffer, const char *data, size_t bytes)
{
	buffer_reserve(buffer, bytes);
	if (bytes > 0)
		memcpy(buffer->data + buffer->bytes, data, bytes);
	buffer->bytes += bytes;
	buffer->data[buffer->bytes] = '\0';
}

void
buffer_add_text(struct buffer *buffer, const char *text)
{
	buffer_add(buffer, text, strlen(text));
}

void
buffer_add_char(struct buffer *buffer, char c)
{
	buffer_add(buffer, &c, 1);
}

void
buffer_print(struct buffer *buffer, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	int bytes = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (bytes < 0)
		return;
	buffer_reserve(buffer, (size_t)bytes);
	va_start(args, format);
	vsnprintf(buffer->data + buffer->bytes, (size_t)bytes + 1, format, args);
	va_end(args);
	buffer->bytes += (size_t)bytes;
}

void
buffer_add_json(struct buffer *buffer, const char *data, size_t bytes)
{
	buffer_add_char(buffer, '"');
	for (size_t i = 0; i < bytes; i++) {
		unsigned char c = (unsigned char)data[i];

		if (c == '"' || c == '\\')
			buffer_add_char(buffer, '\\');
		if (c < ' ')
			buffer_print(buffer, "\\u%04x", c);
		else
			buffer_add_char(buffer, data[i]);
	}
	buffer_add_char(buffer, '"');
}

/* The letter that COPY's text format writes after a backslash for ${c}, or NUL if ${c} stands for itself. */
static char
copy_escape(char c)
{
	switch (c) {
	case '\\': return '\\';
	case '\n': return 'n';
	case '\r': return 'r';
	case '\t': return 't';
	default: return '\0';
	}
}

void
buffer_add_copy(struct buffer *buffer, const char *data, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++) {
		char escape = copy_escape(data[i]);

		if (escape != '\0')
			buffer_add_char(buffer, '\\');
		buffer_add_char(buffer, escape != '\0' ? escape : data[i]);
	}
}

void
buffer_add_csv(struct buffer *buffer, const char *text)
{
	buffer_add_char(buffer, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			buffer_add_char(buffer, '"');
		buffer_add_char(buffer, *text);
	}
	buffer_add_char(buffer, '"');
}
