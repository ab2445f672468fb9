/* SPDX-License-Identifier: MIT */
/*
 * shell_secrets.c: what of the configuration stands outside its file: secrets,
 * certificates and programs. Called by shell.c at start, on reload and for --check-config.
 */
#include "shell_parts.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/receiver.h"

#include "core/banned.h"

/* All that are files, or all. */
enum which {
	WHICH_ALL,
	WHICH_FILES
};

static bool
fail(struct fault *fault, const struct receiver *receiver)
{
	const struct fault bare = *fault;

	fault_set(fault, FAULT_CONFIG, "receiver '%s': %s", receiver->name, bare.text);
	return false;
}

static bool
wanted(const char *file, enum which which)
{
	return file[0] != '\0' && (which == WHICH_ALL || !receiver_is_credential(file));
}

static bool
read_key(struct sign_key *key, const char *file, struct fault *fault)
{
	struct secret secret;
	bool fine;

	if (!secret_read(&secret, file, fault))
		return false;
	fine = sign_key_read(key, secret.text);
	secret_wipe(&secret);
	if (!fine)
		fault_set(fault, FAULT_CONFIG,
		    "'%s' holds no signing key; it is whsec_ and 24 to 64 bytes in base64", file);
	return fine;
}

/* A token goes into a header, where a blank would end it. */
static bool
read_token(struct secret *token, const char *file, struct fault *fault)
{
	if (!secret_read(token, file, fault))
		return false;
	if (strpbrk(token->text, " \t") == NULL)
		return true;
	secret_wipe(token);
	fault_set(fault, FAULT_CONFIG, "'%s' holds no token; it has no blanks", file);
	return false;
}

static bool
read_receiver(struct shell_secrets *secrets, const struct receiver *receiver, enum which which,
    struct fault *fault)
{
	bool fine = true;

	if (wanted(receiver->password_file, which))
		fine = secret_read(&secrets->password, receiver->password_file, fault);
	if (fine && wanted(receiver->bearer_token_file, which))
		fine = read_token(&secrets->bearer_token, receiver->bearer_token_file, fault);
	for (int i = 0; fine && i < receiver->signing_key_count; i++) {
		if (wanted(receiver->signing_key_file[i], which))
			fine = read_key(&secrets->keys[i], receiver->signing_key_file[i], fault);
	}
	return fine || fail(fault, receiver);
}

bool
shell_secrets_read(
    struct shell_secrets secrets[CONF_RECEIVERS_MAX], const struct conf *conf, struct fault *fault)
{
	shell_secrets_wipe(secrets);
	for (int i = 0; i < conf->receivers_count; i++) {
		if (read_receiver(&secrets[i], &conf->receivers[i], WHICH_ALL, fault))
			continue;
		shell_secrets_wipe(secrets);
		return false;
	}
	return true;
}

void
shell_secrets_wipe(struct shell_secrets secrets[CONF_RECEIVERS_MAX])
{
	explicit_bzero(secrets, CONF_RECEIVERS_MAX * sizeof secrets[0]);
}

static void
name_credential(const char *file)
{
	if (receiver_is_credential(file))
		(void)printf(
		    "credential '%s': read when the service starts, not checked here\n", file);
}

bool
shell_secrets_check(const struct conf *conf, struct fault *fault)
{
	for (int i = 0; i < conf->receivers_count; i++) {
		const struct receiver *receiver = &conf->receivers[i];
		struct shell_secrets secrets;
		bool fine = read_receiver(&secrets, receiver, WHICH_FILES, fault);

		explicit_bzero(&secrets, sizeof secrets);
		if (!fine)
			return false;
		name_credential(receiver->password_file);
		name_credential(receiver->bearer_token_file);
		for (int k = 0; k < receiver->signing_key_count; k++)
			name_credential(receiver->signing_key_file[k]);
	}
	return true;
}

static bool
check_certificates(const char *path, struct fault *fault)
{
	if (path[0] == '\0' || access(path, R_OK) == 0)
		return true;
	fault_set(fault, FAULT_CONFIG, "cannot read ca_file '%s': %s", path, strerror(errno));
	return false;
}

bool
shell_secrets_check_others(const struct conf *conf, struct fault *fault)
{
	for (int i = 0; i < conf->receivers_count; i++) {
		const struct receiver *receiver = &conf->receivers[i];

		if (!check_certificates(receiver->ca_file, fault) ||
		    (receiver->command_count > 0 && !command_check(receiver->command[0], fault)))
			return fail(fault, receiver);
	}
	return true;
}
