# SPDX-License-Identifier: MIT
#
# The one makefile: GNU make, nothing recursive, every output under $(BUILD).
# `make help` lists the targets.  Known weakness: a target that needs a package
# asks dpkg; elsewhere than on Debian the packages must be there beforehand.

BUILD  ?= build
prefix ?= /usr/local
sysconfdir ?= /etc
DESTDIR ?=
unitdir ?= $(prefix)/lib/systemd/system
completionsdir ?= $(prefix)/share/bash-completion/completions
# Public records for check-replay; they are not part of this tree.
DATA   ?= ../shared/data

VERSION := 0.1.0
# A package of another version, to try an upgrade: make deb DEB_VERSION=0.1.0+1
DEB_VERSION ?= $(VERSION)
migrations := $(sort $(wildcard sql/migrations/[0-9]*.sql))
SCHEMA_VERSION := $(shell echo $(firstword $(subst -, ,$(notdir $(lastword $(migrations))))) | sed 's/^0*//;s/^$$/0/')

core_sources := $(wildcard daemon/core/*.c)
io_sources   := $(wildcard daemon/io/*.c)
shell_sources := $(wildcard daemon/*.c)
ctl_sources  := $(wildcard daemon/ctl/*.c)
unit_tests   := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c))
c_files      := $(wildcard daemon/*.[ch] daemon/core/*.[ch] daemon/io/*.[ch] daemon/ctl/*.[ch] tests/unit/*.[ch])
man_pages    := $(wildcard daemon/*.[1578])

# pkg-config is asked when a recipe needs it, once, and so after `deps` has run.
packages := libpq libcurl libcrypto libconfuse jansson libsystemd libmicrohttpd smartcols libzip
pkg_cflags = $(eval pkg_cflags := $$(shell pkg-config --cflags $(packages)))$(pkg_cflags)
pkg_libs   = $(eval pkg_libs := $$(shell pkg-config --libs $(packages)) -lev -lm)$(pkg_libs)

CC     ?= cc
CFLAGS ?= -O2 -g
hardening := -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fPIE
hardening_ld := -pie -Wl,-z,relro,-z,now
warnings := -Wall -Wextra
strict   := -Werror -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
	-Wswitch-enum -Wvla -Wformat=2 -Wundef -Wwrite-strings -fno-common
sanitize := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
ifeq ($(DEVELOPER),1)
warnings := $(strict)
endif

cppflags := -std=c17 -D_GNU_SOURCE -Idaemon -DVERSION='"$(VERSION)"' -DSCHEMA_VERSION=$(SCHEMA_VERSION) \
	-DSQL_DIR='"$(prefix)/share/detainerd/sql"' -DSYSCONFDIR='"$(sysconfdir)"'

# V=1 shows whole commands.
Q := $(if $(V),,@)
say = $(if $(V),,@echo '  $(1)')

.PHONY: all
all: $(BUILD)/detainerd $(BUILD)/detainerctl $(BUILD)/detainerctl.bash ## build detainerd and detainerctl under $(BUILD)

# $(call flavour,directory,compiler,compile flags,link flags): the rules that
# build both programs and the unit tests one way, in a directory of their own.
define flavour
$(1)/flags: FORCE
	@mkdir -p $$(@D)
	@printf '%s\n' '$(2) $(3) $$(cppflags)' | cmp -s - $$@ || printf '%s\n' '$(2) $(3) $$(cppflags)' > $$@

$(1)/%.o: %.c $(1)/flags | deps-build
	@mkdir -p $$(@D)
	$$(call say,cc  $$<)
	$$(Q)$(2) $$(cppflags) $(3) $$(object_cflags) -pthread -MMD -MP $$(pkg_cflags) -c -o $$@ $$<

$(1)/core.a: $$(patsubst %.c,$(1)/%.o,$$(core_sources))
	@rm -f $$@
	$$(Q)$$(AR) rcs $$@ $$^

$(1)/io.a: $$(patsubst %.c,$(1)/%.o,$$(io_sources))
	@rm -f $$@
	$$(Q)$$(AR) rcs $$@ $$^

$(1)/detainerd: $$(patsubst %.c,$(1)/%.o,$$(shell_sources)) $(1)/io.a $(1)/core.a
	$$(call say,ld  $$@)
	$$(Q)$(2) $(3) $(4) -pthread -o $$@ $$^ -Wl,--as-needed $$(pkg_libs)

$(1)/detainerctl: $$(patsubst %.c,$(1)/%.o,$$(ctl_sources)) $(1)/io.a $(1)/core.a
	$$(call say,ld  $$@)
	$$(Q)$(2) $(3) $(4) -pthread -o $$@ $$^ -Wl,--as-needed $$(pkg_libs)

$(1)/unit/%: $(1)/tests/unit/%.o $(1)/io.a $(1)/core.a
	@mkdir -p $$(@D)
	$$(call say,ld  $$@)
	$$(Q)$(2) $(3) $(4) -pthread -o $$@ $$^ -Wl,--as-needed $$(pkg_libs) -lcmocka

$$(addprefix $(1)/tests/unit/,$$(addsuffix .o,$$(unit_tests))): | deps-test

# libev's macros break strict aliasing; its header is a system header already.
$(1)/daemon/io/loop.o: object_cflags := -fno-strict-aliasing

-include $$(wildcard $(1)/daemon/*.d $(1)/daemon/*/*.d $(1)/tests/unit/*.d)
endef

$(eval $(call flavour,$(BUILD),$(CC),$(CFLAGS) $(warnings) $(hardening),$(LDFLAGS) $(hardening_ld)))
$(eval $(call flavour,$(BUILD)/asan,gcc,-O1 -g $(warnings) $(sanitize),))
$(eval $(call flavour,$(BUILD)/strict-gcc,gcc,-O2 -g $(strict) -D_FORTIFY_SOURCE=3,))
$(eval $(call flavour,$(BUILD)/strict-clang,clang,-O1 -g $(strict),))

$(BUILD)/strict-clang/flags: | deps-lint

$(BUILD)/detainerctl.bash: daemon/ctl/completion $(BUILD)/detainerctl
	$(call say,gen $@)
	$(Q)$< $(BUILD)/detainerctl > $@

.PHONY: FORCE
FORCE:
.SECONDARY:
.DELETE_ON_ERROR:

# A goal that a newcomer types installs what is missing; a plain build only says
# what is missing.
deps_mode := $(if $(filter check% deb lint demo bench fmt,$(MAKECMDGOALS)),install,check)
deps_goals := $(addprefix deps-,build test lint valgrind peers package boot)
.PHONY: $(deps_goals)
$(deps_goals): deps-%:
	@tests/lib/deps $(deps_mode) $*

.PHONY: install
install: all ## install programs, SQL, manuals, units under $(DESTDIR)$(prefix)
	install -d $(DESTDIR)$(prefix)/sbin $(DESTDIR)$(prefix)/bin $(DESTDIR)$(sysconfdir)/detainerd
	install $(BUILD)/detainerd $(DESTDIR)$(prefix)/sbin/
	install $(BUILD)/detainerctl $(DESTDIR)$(prefix)/bin/
	for page in $(notdir $(man_pages)); do \
		install -D -m 644 daemon/$$page $(DESTDIR)$(prefix)/share/man/man$${page##*.}/$$page || exit 1; done
	cd sql && find . '(' -name '*.sql' -o -name '*.json' ')' -exec install -D -m 644 {} $(DESTDIR)$(prefix)/share/detainerd/sql/{} \;
	install -m 644 daemon/detainerd.conf.sample $(DESTDIR)$(sysconfdir)/detainerd/
	install -D -m 644 $(BUILD)/detainerctl.bash $(DESTDIR)$(completionsdir)/detainerctl
	install -d $(DESTDIR)$(prefix)/share/detainerd/monitor $(DESTDIR)$(prefix)/share/detainerd/schema
	install -m 644 daemon/monitor/* $(DESTDIR)$(prefix)/share/detainerd/monitor/
	install -m 644 daemon/schema/* $(DESTDIR)$(prefix)/share/detainerd/schema/
	install -m 644 sql/law/export.schema.json $(DESTDIR)$(prefix)/share/detainerd/schema/law.schema.json
	systemd/install "$(DESTDIR)" "$(prefix)" "$(sysconfdir)" "$(unitdir)"

.PHONY: deb
deb: | deps-build deps-package ## Debian package under $(BUILD)/deb
	systemd/package $(BUILD)/deb $(DEB_VERSION)

.PHONY: fmt
fmt: | deps-lint ## let clang-format rewrite every C file
	clang-format -i $(c_files)

.PHONY: lint
strict_programs = $(foreach f,strict-gcc strict-clang,$(addprefix $(BUILD)/$(f)/,detainerd detainerctl $(addprefix unit/,$(unit_tests))))
lint: $(strict_programs) | deps-lint ## both compilers with -Werror, include order, what core calls, format, manuals, cppcheck
	@tests/lint/run $(BUILD)/strict-gcc

unit_programs  = $(addprefix $(BUILD)/unit/,$(unit_tests))
test_programs  = $(BUILD)/detainerd $(BUILD)/detainerctl
asan_programs  = $(addprefix $(BUILD)/asan/,detainerd detainerctl $(addprefix unit/,$(unit_tests)))
export BUILD DATA

.PHONY: check check-unit check-sql check-system check-peers check-asan check-valgrind check-replay
check: $(unit_programs) $(test_programs) | deps-test ## every test: unit, sql, system
	@tests/lib/run unit sql system

check-unit: $(unit_programs) | deps-test ## cmocka programs of daemon/core
	@tests/lib/run unit

check-sql: | deps-test ## pgTAP, races and oracles on a throw-away cluster
	@tests/lib/run sql

check-system: $(test_programs) | deps-test ## the real programs on a real cluster with real receivers
	@tests/lib/run system

# Locked to the byte, and nothing of theirs runs while it is installed.
$(BUILD)/peers/node_modules/.package-lock.json: tests/peers/package-lock.json | deps-peers
	@mkdir -p $(BUILD)/peers
	$(call say,npm  $<)
	$(Q)cp tests/peers/package.json $< $(BUILD)/peers
	$(Q)cd $(BUILD)/peers && npm ci --ignore-scripts --no-audit --no-fund --silent

check-peers: $(test_programs) $(BUILD)/peers/node_modules/.package-lock.json | deps-test deps-peers ## against servers and libraries that nobody here wrote
	@tests/lib/run peers

check-asan: $(asan_programs) | deps-test ## unit and system tests with address and undefined sanitizers
	@BUILD=$(BUILD)/asan tests/lib/run unit system

check-valgrind: $(unit_programs) | deps-test deps-valgrind ## unit tests under valgrind
	WRAP='valgrind -q --leak-check=full --error-exitcode=9' tests/lib/run unit

check-replay: $(test_programs) | deps-test ## import real public bookings from $(DATA) and judge them
	@tests/lib/run replay

.PHONY: check-service check-system-real
check-service: $(test_programs) | deps-build deps-lint deps-package ## units, catalog and Debian package, without booting anything
	@tests/lib/run service

check-system-real: | deps-build deps-package deps-boot ## the package in a Debian root, booted, with systemd and PostgreSQL
	@tests/lib/run boot

$(BUILD)/bench/sink: tests/bench/sink.c
	@mkdir -p $(@D)
	$(call say,cc  $<)
	$(Q)$(CC) -std=c17 -D_GNU_SOURCE -O2 $(strict) -o $@ $<

.PHONY: bench
bench: $(test_programs) $(BUILD)/bench/sink | deps-test ## print speeds, lateness, memory, or the PARTS named
	@tests/lib/with-cluster tests/bench/run

.PHONY: demo
demo: $(test_programs) | deps-test ## seven bookings, the real daemon, every alert as it is delivered
	@tests/lib/with-cluster tests/demo/run

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 20
