/* SPDX-License-Identifier: MIT */
/*
 * setup_conf.c: called by setup. Owner and mode are the package's: root writes, the daemon's group reads.
 */
#include "ctl/setup_conf.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/receiver.h"

/* ---- its text ---- */

static bool
is_mail(const char *whom)
{
	return strncmp(whom, "http", 4) != 0 && strcmp(whom, "journal") != 0;
}

static bool
is_told_by_mail(const struct answers *answers)
{
	for (int i = 0; i < answers->tell_count; i++)
		if (is_mail(answers->tell[i]))
			return true;
	return false;
}

static void
add_mail(struct buffer *text, const struct answers *answers)
{
	const char *between = " ";

	buffer_print(text,
	    "\nreceiver \"mail\" {\n\ttype = \"mail\"\n\turl = \"%s\"\n\tfrom = \"%s\"\n\tto = {",
	    answers->mail_server, answers->mail_from);
	for (int i = 0; i < answers->tell_count; i++) {
		if (!is_mail(answers->tell[i]))
			continue;
		buffer_print(text, "%s\"%s\"", between, answers->tell[i]);
		between = ", ";
	}
	buffer_add_text(text, " }\n");
	if (receiver_is_here(answers->mail_server) &&
	    strncmp(answers->mail_server, "smtps:", 6) != 0)
		buffer_add_text(text, "\tstarttls = \"off\"\n");
	for (int i = 0; i < answers->own_domains_count; i++)
		buffer_print(text, "%s\"%s\"%s", i == 0 ? "\town_domains = { " : ", ",
		    answers->own_domains[i], i + 1 == answers->own_domains_count ? " }\n" : "");
	buffer_add_text(text, "}\n");
}

static void
add_receivers(struct buffer *text, const struct answers *answers)
{
	int webhooks = 0;

	if (is_told_by_mail(answers))
		add_mail(text, answers);
	for (int i = 0; i < answers->tell_count; i++) {
		const char *whom = answers->tell[i];
		char number[16] = "";

		if (strcmp(whom, "journal") == 0) {
			buffer_add_text(
			    text, "\nreceiver \"journal\" {\n\ttype = \"journal\"\n}\n");
		} else if (!is_mail(whom)) {
			if (++webhooks > 1)
				snprintf(number, sizeof number, "-%d", webhooks);
			buffer_print(text,
			    "\nreceiver \"webhook%s\" {\n\ttype = \"webhook\"\n\turl = \"%s\"\n}\n",
			    number, whom);
		}
	}
}

/* An instance of the unit goes by the name of its file; the other by that of its host. */
static void
compose(struct buffer *text, const char *path, const struct answers *answers)
{
	const char *name = strrchr(path, '/') == NULL ? path : strrchr(path, '/') + 1;
	int bytes = (int)strcspn(name, ".");

	buffer_add_text(text,
	    "# Written by `detainerctl setup'. Read detainerd.conf(5); check: detainerd --check-config\n");
	buffer_print(text, "conninfo = \"%s\"\n", answers->database);
	if (strcmp(name, "detainerd.conf") != 0)
		buffer_print(text, "name = \"%.*s\"\n", bytes, name);
	add_receivers(text, answers);
}

/* ---- its file ---- */

static enum say_status
cannot_write(const char *path)
{
	return say(SAY_CANNOT_CREATE, "cannot write '%s': %s. %s Nothing was changed.", path,
	    strerror(errno),
	    errno == ENOSPC || errno == EDQUOT ? "Free some space."
	    : errno == EACCES || errno == EPERM
		? "Give the command as root."
		: "Make its folder, or name another file with --config.");
}

static bool
write_all(int fd, const struct buffer *text)
{
	struct group *readers = getgrnam("detainerd");

	if (write(fd, text->data, text->bytes) != (ssize_t)text->bytes || fchmod(fd, 0640) != 0)
		return false;
	if (geteuid() == 0 && readers != NULL && fchown(fd, 0, readers->gr_gid) != 0)
		return false;
	return fsync(fd) == 0;
}

/* Looks at what stands in its place. */
static enum say_status
compare(struct setup_conf *file, const struct buffer *text)
{
	static const char fix[] =
	    "Move it away for another, or edit it and give: systemctl reload detainerd";
	FILE *there = fopen(file->path, "re");
	char part[4096];
	size_t at = 0, bytes;
	bool same = true;

	if (there == NULL && errno == ENOENT)
		return SAY_OK;
	if (there == NULL)
		return say(SAY_CONFIG, "cannot read '%s': %s. Give the command as root.",
		    file->path, strerror(errno));
	while (same && (bytes = fread(part, 1, sizeof part, there)) > 0) {
		same = at + bytes <= text->bytes && memcmp(part, text->data + at, bytes) == 0;
		at += bytes;
	}
	(void)fclose(there);
	if (!same || at != text->bytes)
		return say(SAY_CONFIG,
		    "cannot set up: '%s' is there already and says something else. %s", file->path,
		    fix);
	file->there_already = true;
	return SAY_OK;
}

static enum say_status
write_beside(struct setup_conf *file, const struct buffer *text)
{
	snprintf(file->beside, sizeof file->beside, "%s.new", file->path);
	(void)unlink(file->beside);
	int fd = open(file->beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool written = fd >= 0 && write_all(fd, text);

	if (fd >= 0 && written)
		return close(fd) == 0 ? SAY_OK : cannot_write(file->path);
	enum say_status status = cannot_write(file->path);
	if (fd >= 0)
		(void)close(fd);
	return status;
}

/* The daemon's reader speaks of the file beside; people know it by its place. */
static enum say_status
check(struct setup_conf *file)
{
	struct fault fault;

	if (conf_read(&file->conf, file->beside, &fault))
		return SAY_OK;
	return say(SAY_CONFIG,
	    "cannot use the answers: they make no configuration: %s. Correct them; nothing was changed.",
	    fault.text);
}

enum say_status
setup_conf_write(struct setup_conf *file, const char *path, const struct answers *answers)
{
	struct buffer text = { 0 };

	file->path = path;
	file->beside[0] = '\0';
	file->there_already = false;
	compose(&text, path, answers);
	enum say_status status = compare(file, &text);
	if (status == SAY_OK)
		status = write_beside(file, &text);
	if (status == SAY_OK)
		status = check(file);
	buffer_fini(&text);
	if (status != SAY_OK)
		setup_conf_fini(file);
	return status;
}

enum say_status
setup_conf_place(struct setup_conf *file)
{
	if (file->there_already)
		return SAY_OK;
	if (rename(file->beside, file->path) != 0)
		return cannot_write(file->path);
	file->beside[0] = '\0';
	return SAY_OK;
}

void
setup_conf_fini(struct setup_conf *file)
{
	if (file->beside[0] != '\0')
		(void)unlink(file->beside);
	file->beside[0] = '\0';
}
