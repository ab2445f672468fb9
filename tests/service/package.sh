# SPDX-License-Identifier: MIT
# The Debian package: builds, lintian has nothing to say, holds what it should
# hold and needs what it needs.  What it does when installed: tests/boot.
. tests/lib/system.sh

# On a Debian that has nothing yet, to which no package looks installed.
mkdir "$WORK/bare"
printf '#!/bin/sh\nexit 1\n' >"$WORK/bare/dpkg-query"
chmod 755 "$WORK/bare/dpkg-query"
PATH=$WORK/bare:$PATH tests/lib/deps check $(make -n deb | sed -n 's|^tests/lib/deps install ||p') >"$WORK/bare.log" 2>&1
for package in $(sed -n '/^Build-Depends:/,/^[^ ]*:/s/^ \([a-z0-9-]*\).*/\1/p' systemd/debian/control); do
	expect "'make deb' gets what it needs: $package" grep -qw -- "${package%-compat}" "$WORK/bare.log"
done

expect 'builds' sh -c "systemd/package '$WORK' 0.1.0 >'$WORK/package.log' 2>&1 || { tail -n 30 '$WORK/package.log'; false; }"
deb=$WORK/detainerd_0.1.0_$(dpkg --print-architecture).deb
changes=${deb%.deb}.changes

lintian --allow-root --no-cfg "$changes" >"$WORK/lintian" 2>&1
equal 'lintian at its default level' '' "$(cat "$WORK/lintian")"

dpkg-deb -c "$deb" | awk '{print $1, $2, $6}' >"$WORK/files"
has() { grep -qE "^-$1 root/root \./$2\$" "$WORK/files"; }
for path in usr/sbin/detainerd usr/bin/detainerctl usr/lib/detainerd/detainerd-failed; do
	expect "a program: $path" has rwxr-xr-x "$path"
done
for path in lib/systemd/system/detainerd.service lib/systemd/system/detainerd@.service \
	lib/systemd/system/detainerd-failed@.service usr/lib/systemd/catalog/detainerd.catalog usr/lib/sysusers.d/detainerd.conf \
	usr/lib/tmpfiles.d/detainerd.conf usr/share/detainerd/sql/install.sql usr/share/man/man8/detainerd.8.gz \
	usr/share/detainerd/monitor/detainerd.rules.yml usr/share/detainerd/monitor/detainerd.dashboard.json \
	usr/share/detainerd/schema/event.schema.json usr/share/detainerd/schema/law.schema.json \
	usr/share/bash-completion/completions/detainerctl usr/share/doc/detainerd/examples/10-credentials.conf.sample \
	usr/share/doc/detainerd/examples/detainerd-jms.sql.sample usr/share/doc/detainerd/examples/detainerd-jms.service.sample \
	usr/share/doc/detainerd/examples/detainerd-jms.timer.sample etc/detainerd/detainerd.conf.sample etc/default/detainerd; do
	expect "a file: $path" has rw-r--r-- "$path"
done
expect 'no configuration, so it does not start' sh -c "! grep -q 'etc/detainerd/detainerd.conf\$' '$WORK/files'"
equal 'every SQL file' "$(find sql -name '*.sql' | wc -l)" "$(grep -c 'share/detainerd/sql/.*\.sql$' "$WORK/files")"

dpkg-deb -x "$deb" "$WORK/root"
equal 'detainerd says of which version it is' 'detainerd 0.1.0' "$("$WORK/root/usr/sbin/detainerd" --version | sed 's/ (.*//')"
equal 'detainerctl too' 'detainerctl 0.1.0' "$("$WORK/root/usr/bin/detainerctl" --version)"

dpkg-deb -e "$deb" "$WORK/control"
equal 'what an administrator may change is kept' "$(grep -oE '/etc/.*' "$WORK/files" | grep -v '/$' | sort)" \
	"$(sort "$WORK/control/conffiles")"
depends=$(dpkg-deb -f "$deb" Depends)
for package in postgresql-client libpq5 libev4 libcurl4 libjansson4 libconfuse2 libsystemd0 libsmartcols1 libmicrohttpd12 libc6; do
	expect "depends on $package" grep -qw "$package" <<<"$depends"
done
for script in preinst postinst prerm postrm; do
	expect "$script parses" sh -n "$WORK/control/$script"
done
# The owner of the files that tmpfiles names must be there before.
expect 'the user is made first' awk '/systemd-sysusers/ {user = NR} /systemd-tmpfiles.*create/ {files = NR} END {exit !(user && user < files)}' \
	"$WORK/control/postinst"
expect 'no script names a database by itself' sh -c "! grep -E 'psql|dropdb|drop ' '$WORK/control/'p*"
