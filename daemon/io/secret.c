/* SPDX-License-Identifier: MIT */
/* secret.c: files with secrets. Called by the shell at start and on reload. */
#include "io/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/text.h"

#include "core/banned.h"

#define SECRET_PATH_BYTES 512
#define SERVICE_GROUP "detainerd"

/* Read by others, or written by anybody but the owner. */
#define FORBIDDEN_BITS (S_IRWXO | S_IWGRP | S_IXGRP)

static void
add_user(struct text *text, uid_t id)
{
	const struct passwd *user = getpwuid(id);

	if (user != NULL)
		text_add(text, user->pw_name);
	else
		text_addf(text, "%u", (unsigned)id);
}

static void
add_group(struct text *text, gid_t id)
{
	const struct group *group = getgrgid(id);

	if (group != NULL)
		text_add(text, group->gr_name);
	else
		text_addf(text, "%u", (unsigned)id);
}

/* The group by which the daemon is to read: its own; of root, who may only be checking, the service's. */
static gid_t
readers(void)
{
	const struct group *service = geteuid() == 0 ? getgrnam(SERVICE_GROUP) : NULL;

	return service != NULL ? service->gr_gid : getegid();
}

/* Whose it is, how it is protected, and the one line that makes it right. */
static void
add_mend(struct text *text, const char *path, const struct stat *status)
{
	text_add(text, "owner ");
	add_user(text, status->st_uid);
	text_add(text, ":");
	add_group(text, status->st_gid);
	text_addf(text, ", mode %04o. Fix: chown root:", (unsigned)status->st_mode & 07777U);
	add_group(text, readers());
	text_addf(
	    text, " %s && chmod %s %s", path, S_ISDIR(status->st_mode) ? "0750" : "0640", path);
}

/* What of ${path} can be seen: the file, or the innermost folder that does not let us in. */
static bool
visible(char *path, struct stat *ret_status)
{
	char *slash;

	while (stat(path, ret_status) != 0) {
		slash = strrchr(path, '/');
		if (errno != EACCES || slash == NULL || slash == path)
			return false;
		*slash = '\0';
	}
	return true;
}

static void
refuse(struct fault *fault, const char *path, const char *why)
{
	char words[320], seen[SECRET_PATH_BYTES];
	struct text text;
	struct stat status;

	text_init(&text, words, sizeof words);
	if (!text_copy(seen, sizeof seen, path) || !visible(seen, &status)) {
		fault_set(fault, FAULT_CONFIG, "cannot read the secret '%s': %s", path, why);
		return;
	}
	if (strcmp(seen, path) != 0)
		text_addf(&text, "'%s' has ", seen);
	add_mend(&text, seen, &status);
	fault_set(fault, FAULT_CONFIG, "cannot use the secret '%s': %s; %s", path, why, words);
}

static bool
take_line(struct secret *secret, ssize_t bytes, const char *path, struct fault *fault)
{
	char *text = secret->text;

	text[bytes] = '\0';
	while (bytes > 0 && (text[bytes - 1] == '\n' || text[bytes - 1] == '\r'))
		text[--bytes] = '\0';
	for (ssize_t i = 0; i < bytes; i++) {
		if ((unsigned char)text[i] < ' ' || text[i] == 0x7f) {
			fault_set(fault, FAULT_CONFIG,
			    "the secret '%s' is more than one line of text", path);
			return false;
		}
	}
	if (bytes > 0)
		return true;
	fault_set(fault, FAULT_CONFIG, "the secret '%s' is empty", path);
	return false;
}

static bool
read_open(struct secret *secret, int fd, const char *path, struct fault *fault)
{
	struct stat status;
	ssize_t bytes;

	if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
		fault_set(fault, FAULT_CONFIG, "the secret '%s' is no ordinary file", path);
		return false;
	}
	if ((status.st_mode & FORBIDDEN_BITS) != 0) {
		refuse(fault, path, "others may read or change it");
		return false;
	}
	if (status.st_size >= SECRET_BYTES) {
		fault_set(fault, FAULT_CONFIG, "the secret '%s' is longer than %d bytes", path,
		    SECRET_BYTES - 1);
		return false;
	}
	bytes = read(fd, secret->text, sizeof secret->text - 1);
	if (bytes >= 0)
		return take_line(secret, bytes, path, fault);
	refuse(fault, path, strerror(errno));
	return false;
}

/* The path of a secret; false where it is a credential and there are none. */
static bool
find_path(const char *file, char *path, size_t bytes, struct fault *fault)
{
	const char *directory = getenv("CREDENTIALS_DIRECTORY");
	struct text text;

	if (file[0] == '/')
		return text_copy(path, bytes, file);
	if (directory == NULL || directory[0] == '\0') {
		fault_set(fault, FAULT_CONFIG,
		    "no systemd credentials here for '%s'. Fix: add LoadCredential=%s:/path to the unit, or write an absolute path",
		    file, file);
		return false;
	}
	text_init(&text, path, bytes);
	text_addf(&text, "%s/%s", directory, file);
	return !text.truncated;
}

bool
secret_read(struct secret *secret, const char *file, struct fault *fault)
{
	char path[SECRET_PATH_BYTES] = "";
	bool fine;
	int fd;

	fault_set(fault, FAULT_CONFIG, "the path of the secret '%s' is too long", file);
	if (!find_path(file, path, sizeof path, fault))
		return false;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0) {
		refuse(fault, path, strerror(errno));
		return false;
	}
	fine = read_open(secret, fd, path, fault);
	(void)close(fd);
	if (!fine)
		secret_wipe(secret);
	return fine;
}

void
secret_wipe(struct secret *secret)
{
	explicit_bzero(secret, sizeof *secret);
}
