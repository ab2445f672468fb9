/* SPDX-License-Identifier: MIT */
/*
 * doctor_host.c: called by doctor. Changes nothing. Secrets are read as the daemon would read them, and wiped at once.
 */
#include "ctl/doctor_host.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/receiver.h"
#include "ctl/become.h"
#include "ctl/reach.h"
#include "io/conf.h"
#include "io/secret.h"

enum {
	SPACE_LEAST_MIB =
	    64 /* below this a database or a journal on the same disk is about to stop */
};

/* ---- the configuration ---- */

static void
check_mode(struct findings *findings, const char *path)
{
	struct stat status;
	char what[600], fix[600];

	if (stat(path, &status) != 0)
		return;
	bool open_to_all = (status.st_mode & S_IRWXO) != 0;
	bool ours = status.st_uid == 0 || status.st_uid == getuid();
	snprintf(what, sizeof what, "%s: mode %04o%s", path, (unsigned)status.st_mode & 07777U,
	    open_to_all                       ? ", others may read or change it"
	    : (status.st_mode & S_IWGRP) != 0 ? ", its group may change who is told"
	    : !ours                           ? ", its owner is not root"
					      : "");
	snprintf(fix, sizeof fix, "Run: chown root:detainerd %s && chmod 0640 %s", path, path);
	bool fine = !open_to_all && ours && (status.st_mode & S_IWGRP) == 0;
	findings_add(
	    findings, "file modes", fine ? FINDING_OK : FINDING_FAILURE, what, fine ? NULL : fix);
}

bool
doctor_host_conf(struct findings *findings, const char *path, struct conf *conf)
{
	struct fault fault;
	char what[600];

	if (!conf_read(conf, path, &fault)) {
		findings_add(findings, "configuration", FINDING_FAILURE, fault.text,
		    access(path, F_OK) != 0 ? "Run: detainerctl setup"
					    : "Correct it, then: systemctl reload detainerd");
		return false;
	}
	snprintf(what, sizeof what, "%s: daemon %s, %d receiver%s", path, conf->name,
	    conf->receivers_count, conf->receivers_count == 1 ? "" : "s");
	findings_add(findings, "configuration", FINDING_OK, what, NULL);
	check_mode(findings, path);
	return true;
}

/* ---- receivers ---- */

static void
check_secret(struct findings *findings, const struct receiver *receiver, const char *file)
{
	struct secret secret;
	struct fault fault;
	char check[96];

	/* systemd hands credentials to the daemon alone, and does not start it without them */
	if (file[0] == '\0' || receiver_is_credential(file))
		return;
	snprintf(check, sizeof check, "secret of %s", receiver->name);
	bool daemon = become_can("detainerd") && become("detainerd");
	bool read = secret_read(&secret, file, &fault);
	if (daemon)
		become_self();
	if (read) {
		secret_wipe(&secret);
		findings_add(findings, check, FINDING_OK,
		    "can be read by the daemon, and not by others", NULL);
		return;
	}
	char *fix = strstr(fault.text, " Fix: ");
	if (fix != NULL)
		*fix = '\0';
	findings_add(findings, check, FINDING_FAILURE, fault.text,
	    fix != NULL
		? fix + 6
		: "Put it there as the one line of a file: chown root:detainerd, chmod 0640");
}

static void
check_program(struct findings *findings, const char *check, const struct receiver *receiver)
{
	char what[600];
	bool runs = access(receiver->command[0], X_OK) == 0;

	snprintf(what, sizeof what, "%s: %s", receiver->command[0],
	    runs ? "can be run" : strerror(errno));
	findings_add(findings, check, runs ? FINDING_OK : FINDING_FAILURE, what,
	    runs ? NULL : "Install it, make it executable, or correct command in detainerd.conf");
}

static void
check_server(struct findings *findings, const char *check, const struct receiver *receiver)
{
	char why[400], what[1024];
	bool reached = reach(receiver->url, why, sizeof why);

	snprintf(what, sizeof what, "%s%s%s", receiver->url,
	    reached ? " can be reached" : " cannot be reached: ", reached ? "" : why);
	findings_add(findings, check, reached ? FINDING_OK : FINDING_FAILURE, what,
	    reached ? NULL
		    : "Start that server or open the way to it, or correct url in detainerd.conf");
}

static void
check_receiver(struct findings *findings, const struct receiver *receiver)
{
	char check[96];

	snprintf(check, sizeof check, "receiver %s", receiver->name);
	for (int i = 0; i < receiver->signing_key_count; i++)
		check_secret(findings, receiver, receiver->signing_key_file[i]);
	check_secret(findings, receiver, receiver->password_file);
	check_secret(findings, receiver, receiver->bearer_token_file);
	switch (receiver->type) {
	case RECEIVER_COMMAND: check_program(findings, check, receiver); break;
	case RECEIVER_JOURNAL:
		findings_add(findings, check, FINDING_OK, "the journal of this host", NULL);
		break;
	case RECEIVER_WEBHOOK:
	case RECEIVER_MAIL:
	case RECEIVER_ALERTMANAGER: check_server(findings, check, receiver); break;
	case RECEIVER_TYPES: break;
	}
}

void
doctor_host_receivers(struct findings *findings, const struct conf *conf)
{
	for (int i = 0; i < conf->receivers_count; i++)
		check_receiver(findings, &conf->receivers[i]);
}

/* ---- the state ---- */

static void
check_space(struct findings *findings, const char *folder)
{
	struct statvfs space;
	char what[300];

	if (statvfs(folder, &space) != 0)
		return;
	unsigned long long mib = (unsigned long long)space.f_bavail * space.f_frsize >> 20;
	snprintf(what, sizeof what, "%llu MiB are free where %s is", mib, folder);
	findings_add(findings, "disk", mib >= SPACE_LEAST_MIB ? FINDING_OK : FINDING_FAILURE, what,
	    mib >= SPACE_LEAST_MIB
		? NULL
		: "Free some space: journalctl --vacuum-size=100M, or remove what is not needed");
}

void
doctor_host_state(struct findings *findings, const struct service *service)
{
	char what[300];
	struct stat status;

	if (stat(service->state, &status) != 0) {
		snprintf(what, sizeof what, "%s: %s", service->state, strerror(errno));
		findings_add(findings, "state", FINDING_WARNING, what,
		    "systemd makes it when the service starts: systemctl start detainerd");
		check_space(findings, "/");
		return;
	}
	bool daemon = become_can("detainerd") && become("detainerd");
	bool writes = faccessat(AT_FDCWD, service->state, W_OK | X_OK, AT_EACCESS) == 0;
	if (daemon)
		become_self();
	snprintf(what, sizeof what, "%s %s", service->state,
	    writes ? "can be written" : "cannot be written by the daemon");
	findings_add(findings, "state", writes ? FINDING_OK : FINDING_FAILURE, what,
	    writes
		? NULL
		: "Run: chown -R detainerd: /var/lib/detainerd && chmod 0700 /var/lib/detainerd");
	check_space(findings, service->state);
}

/* ---- the service ---- */

void
doctor_host_service(struct findings *findings, const struct service *service)
{
	char state[64], enabled[64], watchdog[64], what[300], fix[400];

	if (!service->by_systemd) {
		findings_add(findings, "service", FINDING_WARNING,
		    "no unit of this host runs the daemon: nobody starts it again",
		    "Put the configuration into " SYSCONFDIR "/detainerd and let systemd run it");
		return;
	}
	service_ask(service, "ActiveState", state, sizeof state);
	service_ask(service, "UnitFileState", enabled, sizeof enabled);
	service_ask(service, "WatchdogUSec", watchdog, sizeof watchdog);
	bool runs = strcmp(state, "active") == 0 && strcmp(enabled, "enabled") == 0;
	snprintf(what, sizeof what, "%s is %s and %s", service->unit, state, enabled);
	snprintf(fix, sizeof fix, "Run: systemctl enable --now %s; then: journalctl -x -u %s",
	    service->unit, service->unit);
	findings_add(
	    findings, "service", runs ? FINDING_OK : FINDING_FAILURE, what, runs ? NULL : fix);
	bool armed =
	    watchdog[0] != '\0' && strcmp(watchdog, "0") != 0 && strcmp(watchdog, "infinity") != 0;
	snprintf(what, sizeof what,
	    armed ? "ends a daemon that hangs for %s"
		  : "is not armed: a daemon that hangs stays so%s",
	    armed ? watchdog : "");
	findings_add(findings, "watchdog", armed ? FINDING_OK : FINDING_FAILURE, what,
	    armed ? NULL
		  : "Take WatchdogSec= out of the drop-in that sets it: systemctl edit detainerd");
}
