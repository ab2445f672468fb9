/* SPDX-License-Identifier: MIT */
/*
 * archive.c: the one file that knows libzip. Called by evidence.
 *
 * Nothing is compressed, for what a compressor makes of it changes with its version; and every entry has the oldest date
 * that the format knows.
 */
#include "ctl/archive.h"

#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

enum {
	DATE_1980_01_01 = 0x21,
	UNIX_MODE = 0100600
};

static enum say_status
cannot_create(const char *path, const char *reason)
{
	return say(SAY_CANNOT_CREATE,
	    "cannot create '%s': %s. Nothing was written; name another file with --output.", path,
	    reason);
}

static bool
add(zip_t *zip, const struct archive_text *text)
{
	zip_source_t *source = zip_source_buffer(zip, text->content, strlen(text->content), 0);

	if (source == NULL)
		return false;
	zip_int64_t at = zip_file_add(zip, text->name, source, ZIP_FL_ENC_UTF_8);
	if (at < 0) {
		zip_source_free(source);
		return false;
	}
	zip_uint64_t index = (zip_uint64_t)at;
	return zip_set_file_compression(zip, index, ZIP_CM_STORE, 0) == 0 &&
	       zip_file_set_dostime(zip, index, 0, DATE_1980_01_01, 0) == 0 &&
	       zip_file_set_external_attributes(
		   zip, index, 0, ZIP_OPSYS_UNIX, (zip_uint32_t)UNIX_MODE << 16) == 0;
}

static enum say_status
fill_and_close(zip_t *zip, const char *path, const struct archive_text *texts, int count)
{
	bool ok = true;

	for (int i = 0; ok && i < count; i++)
		ok = add(zip, &texts[i]);
	/* written beside it under another name, then renamed */
	if (ok && zip_close(zip) == 0)
		return SAY_OK;
	enum say_status status = cannot_create(path, zip_strerror(zip));
	zip_discard(zip);
	return status;
}

enum say_status
archive_write(const char *path, const struct archive_text *texts, int count)
{
	int code;
	mode_t mask = umask(077);
	zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_EXCL, &code);
	enum say_status status;

	if (zip == NULL) {
		zip_error_t error;
		zip_error_init_with_code(&error, code);
		status =
		    code == ZIP_ER_EXISTS ? cannot_create(path, "something stands there already")
		    : code == ZIP_ER_OPNOTSUPP ? cannot_create(path, "that is no file")
					       : cannot_create(path, zip_error_strerror(&error));
		zip_error_fini(&error);
	} else {
		status = fill_and_close(zip, path, texts, count);
	}
	umask(mask);
	return status;
}
