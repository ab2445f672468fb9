/* SPDX-License-Identifier: MIT */
/*
 * psql.c: called by migrate and setup. Known weakness: what psql says besides its first error is dropped.
 */
#include "ctl/psql.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ctl/become.h"
#include "ctl/buffer.h"
#include "ctl/refusal.h"

enum {
	PSQL_LOST = 2 /* its status where the connection ended or never stood */
};

static void
path_in(char *path, size_t bytes, const char *folder)
{
	snprintf(path, bytes, "%s/install.sql", folder);
}

enum say_status
psql_find(const char *folder)
{
	char path[4096];

	path_in(path, sizeof path, folder);
	if (access(path, R_OK) == 0)
		return SAY_OK;
	return say(SAY_IO, "cannot read '%s': %s. Name the folder of install.sql with --sql.", path,
	    strerror(errno));
}

/* In the child: hands the connection on in libpq's environment, for a command line is anybody's to read. stdout is
   data, so what psql prints there goes nowhere. */
static void
become_psql(PGconn *conn, const char *path, const char *answers, int errors)
{
	PQconninfoOption *infos = PQconninfo(conn);
	int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);

	for (const PQconninfoOption *info = infos; info != NULL && info->keyword != NULL; info++)
		if (info->envvar != NULL && info->val != NULL && *info->val != '\0')
			setenv(info->envvar, info->val, 1);
	if (answers == NULL || setenv("DETAINERD_ANSWERS", answers, 1) != 0)
		unsetenv("DETAINERD_ANSWERS");
	setenv("LC_MESSAGES", "C", 1);
	become_wholly();
	if (nowhere >= 0) {
		dup2(nowhere, STDIN_FILENO);
		dup2(nowhere, STDOUT_FILENO);
	}
	dup2(errors, STDERR_FILENO);
	execlp("psql", "psql", "-X", "-q", "-w", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=verbose",
	    "-f", path, (char *)NULL);
	_exit(errno == ENOENT ? 127 : 126);
}

static void
read_all(struct buffer *words, int fd)
{
	char part[4096];
	ssize_t bytes;

	while ((bytes = read(fd, part, sizeof part)) > 0 || (bytes < 0 && errno == EINTR))
		if (bytes > 0)
			buffer_add(words, part, (size_t)bytes);
}

/* The words behind ${mark} up to the end of their line; "" if there are none. */
static void
words_behind(char *to, size_t room, const char *words, const char *mark)
{
	const char *at = words == NULL ? NULL : strstr(words, mark);

	to[0] = '\0';
	if (at == NULL)
		return;
	at += strlen(mark);
	at += strspn(at, " ");
	snprintf(to, room, "%.*s", (int)strcspn(at, "\n"), at);
}

/* An error of the server comes as "ERROR:  42501: words"; one of psql's own, "error: words", and has no SQLSTATE. */
static enum say_status
stopped(const char *doing, const char *words, bool lost)
{
	char reason[1024], hint[512], sqlstate[6] = "";
	struct refusal refusal = { .doing = doing,
		.sqlstate = sqlstate,
		.reason = reason,
		.after = "Nothing was changed." };

	words_behind(reason, sizeof reason, words, "ERROR:");
	if (reason[0] == '\0')
		words_behind(reason, sizeof reason, words, "FATAL:");
	if (strspn(reason, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 5 && reason[5] == ':') {
		snprintf(sqlstate, sizeof sqlstate, "%.5s", reason);
		refusal.reason += 7;
	}
	if (reason[0] == '\0')
		words_behind(reason, sizeof reason, words, "error:");
	if (reason[0] == '\0')
		snprintf(reason, sizeof reason, "psql stopped");
	if (sqlstate[0] == '\0' && lost)
		refusal.sqlstate = REFUSAL_LOST;
	words_behind(hint, sizeof hint, words, "HINT:");
	if (hint[0] == '\0' &&
	    strcmp(sqlstate, "42501") == 0) /* to build takes more than a role of ours */
		snprintf(hint, sizeof hint,
		    "Name with --db a role that may create roles and a schema there.");
	refusal.hint = hint[0] == '\0' ? NULL : hint;
	return refusal_say(&refusal);
}

static enum say_status
ended(const char *doing, int wait_status, const char *words)
{
	if (WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == 0)
		return SAY_OK;
	if (WIFEXITED(wait_status) && WEXITSTATUS(wait_status) >= 126)
		return say(SAY_UNAVAILABLE,
		    "cannot run 'psql': it is not installed. Install the package postgresql-client.");
	return stopped(
	    doing, words, WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == PSQL_LOST);
}

enum say_status
psql_install(struct db *db, const char *doing, const char *folder, const char *answers)
{
	struct buffer words = { 0 };
	char path[4096];
	int wait_status, pipe_ends[2];

	path_in(path, sizeof path, folder);
	if (pipe2(pipe_ends, O_CLOEXEC) != 0)
		return say(SAY_TEMPORARY, "cannot run 'psql': %s. Give the command again.",
		    strerror(errno));
	pid_t child = fork();
	if (child == 0)
		become_psql(db->conn, path, answers, pipe_ends[1]);
	close(pipe_ends[1]);
	if (child > 0)
		read_all(&words, pipe_ends[0]);
	close(pipe_ends[0]);
	enum say_status status;
	if (child < 0 || waitpid(child, &wait_status, 0) < 0)
		status = say(SAY_TEMPORARY, "cannot run 'psql': %s. Give the command again.",
		    strerror(errno));
	else
		status = ended(doing, wait_status, words.data);
	buffer_fini(&words);
	return status;
}
