/* SPDX-License-Identifier: MIT */
#include "io/secret.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

static char directory[] = "/tmp/test_secret.XXXXXX";
static char path[64];

static int
make_directory(void **state)
{
	(void)state;
	if (mkdtemp(directory) == NULL)
		return -1;
	(void)snprintf(path, sizeof path, "%s/secret", directory);
	return 0;
}

static int
remove_directory(void **state)
{
	(void)state;
	(void)unlink(path);
	return rmdir(directory);
}

static void
put(const char *content, size_t bytes, mode_t mode)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(content, 1, bytes, file), bytes);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(path, mode), 0);
}

static void
refuses(const char *file, const char *why)
{
	struct secret secret = { "untouched" };
	struct fault fault = { .class = FAULT_NONE };

	assert_false(secret_read(&secret, file, &fault));
	assert_int_equal(fault.class, FAULT_CONFIG);
	assert_non_null(strstr(fault.text, why));
	assert_null(strstr(fault.text, "geheim"));
	assert_null(strstr(secret.text, "geheim"));
}

static void
one_line_is_read(void **state)
{
	struct secret secret;
	struct fault fault;

	(void)state;
	put("geheim\n", 7, 0600);
	assert_true(secret_read(&secret, path, &fault));
	assert_string_equal(secret.text, "geheim");
	put("geh eim\r\n", 9, 0640);
	assert_true(secret_read(&secret, path, &fault));
	assert_string_equal(secret.text, "geh eim");
	secret_wipe(&secret);
	assert_string_equal(secret.text, "");
}

static void
what_is_no_secret(void **state)
{
	char much[SECRET_BYTES + 1];

	(void)state;
	put("geheim\nHeader: x\n", 17, 0600);
	refuses(path, "more than one line");
	put("geheim\0x", 8, 0600);
	refuses(path, "more than one line");
	put("\n", 1, 0600);
	refuses(path, "is empty");
	memset(much, 'a', sizeof much);
	put(much, sizeof much, 0600);
	refuses(path, "longer than");
	refuses(directory, "no ordinary file");
	refuses("/dev/null", "no ordinary file");
	refuses("/nowhere/at/all", "'/nowhere/at/all': No such file");
}

static void
others_may_not_read_it(void **state)
{
	static const mode_t modes[] = { 0644, 0604, 0660, 0602 };
	char fix[160], mode[16];

	(void)state;
	(void)snprintf(fix, sizeof fix, "%s && chmod 0640 %s", path, path);
	for (size_t i = 0; i < COUNT(modes); i++) {
		put("geheim\n", 7, modes[i]);
		(void)snprintf(mode, sizeof mode, "mode %04o", (unsigned)modes[i]);
		refuses(path, mode);
		refuses(path, fix);
		refuses(path, "owner ");
	}
}

static void
credentials(void **state)
{
	struct secret secret;
	struct fault fault;

	(void)state;
	put("geheim\n", 7, 0400);
	assert_int_equal(unsetenv("CREDENTIALS_DIRECTORY"), 0);
	refuses("secret", "LoadCredential=secret:");
	assert_int_equal(setenv("CREDENTIALS_DIRECTORY", directory, 1), 0);
	assert_true(secret_read(&secret, "secret", &fault));
	assert_string_equal(secret.text, "geheim");
	refuses("other", "other");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_line_is_read),
		cmocka_unit_test(what_is_no_secret),
		cmocka_unit_test(others_may_not_read_it),
		cmocka_unit_test(credentials),
	};

	return cmocka_run_group_tests(tests, make_directory, remove_directory);
}
