/* SPDX-License-Identifier: MIT */
/*
 * reject.c: writes the reject file. Called by import; it judges no record.
 */
#include "ctl/reject.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char reject_column[] = "rejected_because";

static bool
has_reason(const struct csv_record *header)
{
	return header->count > 0 && header->fields[0].bytes == strlen(reject_column) &&
	       memcmp(csv_value(header, 0), reject_column, strlen(reject_column)) == 0;
}

static enum say_status
cannot_create(const struct reject *reject, const char *reason)
{
	return say(SAY_CANNOT_CREATE,
	    "cannot create the reject file '%s': %s. Nothing was written; name a file in a folder you may "
	    "write to with --reject.",
	    reject->path, reason);
}

/* True if the file is empty or starts as ours do. */
static bool
is_reject_file(const char *path)
{
	char start[sizeof "rejected_because"] = { 0 };
	FILE *file = fopen(path, "re");

	if (file == NULL)
		return false;
	size_t bytes = fread(start, 1, sizeof start - 1, file);
	fclose(file);
	return bytes == 0 || strcmp(start, reject_column) == 0;
}

/* What stands at the path will be replaced: only a reject file of an earlier import may be. */
static const char *
why_not(const char *path)
{
	struct stat about;

	if (lstat(path, &about) != 0)
		return errno == ENOENT ? NULL : strerror(errno);
	if (!S_ISREG(about.st_mode) || !is_reject_file(path))
		return "something stands there that is no reject file";
	return NULL;
}

/* A record of an earlier reject file starts with its old reason: the new one takes its place. */
static size_t
raw_start(const struct reject *reject, const struct csv_record *record)
{
	return reject->header_fields > 0 && record->count > 1 ? record->fields[1].offset : 0;
}

static void
put(struct reject *reject, const char *first, const struct csv_record *record)
{
	size_t start = raw_start(reject, record);

	fputs(first, reject->file);
	fputc(',', reject->file);
	fwrite(record->raw + start, 1, record->raw_bytes - start, reject->file);
	fputc('\n', reject->file);
}

enum say_status
reject_open(struct reject *reject, const char *path, const struct csv_record *header)
{
	*reject = (struct reject){ .header_fields = has_reason(header) ? 1 : 0 };
	snprintf(reject->path, sizeof reject->path, "%s", path);
	if (snprintf(reject->written, sizeof reject->written, "%s.XXXXXX", path) >=
	    (int)sizeof reject->written)
		return cannot_create(reject, "the path is too long");
	if (why_not(path) != NULL)
		return cannot_create(reject, why_not(path));
	int fd = mkstemp(reject->written); /* 0600, O_EXCL */
	if (fd < 0) {
		reject->written[0] = '\0';
		return cannot_create(reject, strerror(errno));
	}
	reject->file = fdopen(fd, "w");
	if (reject->file == NULL) {
		close(fd);
		return cannot_create(reject, strerror(errno));
	}
	put(reject, reject_column, header);
	return SAY_OK;
}

void
reject_add(struct reject *reject, const struct csv_record *record, const char *reason)
{
	struct buffer quoted = { 0 };

	buffer_add_csv(&quoted, reason);
	put(reject, quoted.data, record);
	buffer_fini(&quoted);
	reject->records++;
}

static bool
replace(struct reject *reject)
{
	if (reject->records == 0)
		return unlink(reject->path) == 0 || errno == ENOENT;
	if (rename(reject->written, reject->path) != 0)
		return false;
	reject->written[0] = '\0';
	return true;
}

enum say_status
reject_keep(struct reject *reject)
{
	bool ok = fflush(reject->file) == 0 && !ferror(reject->file) &&
		  fsync(fileno(reject->file)) == 0 && replace(reject);

	return ok ? SAY_OK
		  : say(SAY_IO,
			"cannot write the reject file '%s': %s. Nothing was imported; make room and give the command "
			"again.",
			reject->path, strerror(errno));
}

void
reject_fini(struct reject *reject)
{
	if (reject->file != NULL)
		fclose(reject->file);
	if (reject->written[0] != '\0')
		unlink(reject->written);
	*reject = (struct reject){ 0 };
}
