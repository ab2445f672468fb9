/* SPDX-License-Identifier: MIT */
/* service.c: called by setup and doctor. */
#include "ctl/service.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define CONF_FOLDER SYSCONFDIR "/detainerd/"

void
service_find(struct service *service, const char *path)
{
	const char *name = strncmp(path, CONF_FOLDER, strlen(CONF_FOLDER)) == 0
			       ? path + strlen(CONF_FOLDER)
			       : NULL;
	int bytes = name == NULL ? 0 : (int)strcspn(name, ".");

	*service = (struct service){ .unit = "detainerd.service", .state = "/var/lib/detainerd" };
	service->by_systemd = access("/run/systemd/system", F_OK) == 0 && name != NULL &&
			      strchr(name, '/') == NULL && strcmp(name + bytes, ".conf") == 0;
	if (name == NULL || strcmp(name, "detainerd.conf") == 0)
		return;
	snprintf(service->unit, sizeof service->unit, "detainerd@%.*s.service", bytes, name);
	snprintf(service->state, sizeof service->state, "/var/lib/detainerd/%.*s", bytes, name);
}

/* Runs systemctl and keeps the first line it prints. Its exit status, or -1. */
static int
systemctl(const char *const *arguments, char *to, size_t bytes)
{
	int wait_status, ends[2];

	to[0] = '\0';
	if (pipe2(ends, O_CLOEXEC) != 0)
		return -1;
	pid_t child = fork();
	if (child == 0) {
		dup2(ends[1], STDOUT_FILENO);
		dup2(ends[1], STDERR_FILENO);
		/* execvp takes what it never writes to as if it might */
		execvp("systemctl", (char *const *)(const void *)arguments);
		_exit(127);
	}
	close(ends[1]);
	FILE *from = fdopen(ends[0], "r");
	if (from != NULL && fgets(to, (int)bytes, from) == NULL)
		to[0] = '\0';
	to[strcspn(to, "\n")] = '\0';
	while (from != NULL && fgetc(from) != EOF)
		;
	if (from != NULL)
		(void)fclose(from);
	if (child < 0 || waitpid(child, &wait_status, 0) < 0 || !WIFEXITED(wait_status))
		return -1;
	return WEXITSTATUS(wait_status);
}

void
service_ask(const struct service *service, const char *property, char *to, size_t bytes)
{
	const char *const arguments[] = { "systemctl", "show", "-P", property, service->unit,
		NULL };

	to[0] = '\0';
	if (service->by_systemd && systemctl(arguments, to, bytes) != 0)
		to[0] = '\0';
}

enum say_status
service_start(const struct service *service)
{
	const char *const start[] = { "systemctl", "enable", "--now", service->unit, NULL };
	const char *const reload[] = { "systemctl", "reload", service->unit, NULL };
	char state[64], words[512];

	service_ask(service, "ActiveState", state, sizeof state);
	int status = systemctl(start, words, sizeof words);
	if (status == 0 && strcmp(state, "active") == 0)
		status = systemctl(reload, words, sizeof words);
	if (status == 0)
		service_ask(service, "ActiveState", state, sizeof state);
	if (status == 0 && strcmp(state, "active") == 0)
		return SAY_OK;
	return say(SAY_UNAVAILABLE,
	    "cannot start '%s': see why with: journalctl -x -u %s. All else is done; give the command again when it is mended.",
	    service->unit, service->unit);
}
