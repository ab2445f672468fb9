# SPDX-License-Identifier: MIT
# The units as installed: systemd understands every line, they are walled in,
# and they say what the daemon's life rests on.
. tests/lib/system.sh
units=$STAGE/usr/lib/systemd/system
export MANPATH=$STAGE/usr/share/man:

# systemd-analyze ignores what it does not understand and exits 0: any word counts.
silent() { # UNIT
	systemd-analyze verify "$units/$1" >"$WORK/verify" 2>&1
	cat "$WORK/verify"
	[ ! -s "$WORK/verify" ]
}

exposed() { # UNIT
	systemd-analyze security --no-pager --offline=yes --threshold=15 "$units/$1" >"$WORK/security" 2>&1 ||
		{ tail -n 1 "$WORK/security"; return 1; }
}

says() { # UNIT LINE
	grep -qxF -- "$2" "$units/$1"
}

# Said once and for all: the settings that a test on a booted machine relies on.
for unit in detainerd.service detainerd@.service detainerd-failed@.service; do
	expect "systemd-analyze verify prints nothing: $unit" silent "$unit"
	expect "no place is left open: $unit" sh -c "! grep -n '@[a-z]*@' '$units/$unit'"
done
expect 'a made-up setting would have shown' sh -c "
	sed 's/^Type=notify/Type=notify-reload/' '$units/detainerd.service' >'$WORK/detainerd.service'
	systemd-analyze verify '$WORK/detainerd.service' 2>&1 | grep -q 'notify-reload'"
for unit in detainerd.service detainerd@.service; do
	expect "exposure at most 1.5: $unit" exposed "$unit"
	for line in Type=notify NotifyAccess=main WatchdogSec=30 Restart=always RestartSec=2 StartLimitIntervalSec=0 \
		'RestartPreventExitStatus=64 78' LogRateLimitIntervalSec=0 'OnFailure=detainerd-failed@%n.service' NoNewPrivileges=yes User=detainerd; do
		expect "$unit: $line" says "$unit" "$line"
	done
done
expect 'the notifier may be started as often as the daemon dies' says detainerd-failed@.service StartLimitIntervalSec=0
expect 'the configuration is checked before the signal' says detainerd.service \
	"ExecReload=$STAGE/usr/sbin/detainerd --config $STAGE/etc/detainerd/detainerd.conf --check-config"
equal 'two lines for a reload' 2 "$(grep -c ^ExecReload= "$units/detainerd.service")"
expect 'not before it is configured' says detainerd.service "ConditionPathExists=$STAGE/etc/detainerd/detainerd.conf"
expect 'an instance by its own file' says detainerd@.service "ConditionPathExists=$STAGE/etc/detainerd/%i.conf"

for part in sysusers tmpfiles; do
	expect "systemd-$part takes its file" sh -c "
		mkdir -p '$WORK/root/etc' '$WORK/root$STAGE/etc/detainerd' &&
		systemd-$part --root='$WORK/root' $([ $part = sysusers ] || echo --create) '$STAGE/usr/lib/$part.d/detainerd.conf' >'$WORK/$part' 2>&1 &&
		! grep -v '^Creating ' '$WORK/$part'"
done
equal 'the configuration is root'"'"'s, its readers the group' 750 \
	"$(stat -c %a "$WORK/root$STAGE/etc/detainerd")"

for sample in 10-credentials 20-command; do
	drop_in=$WORK/$sample/detainerd.service.d
	mkdir -p "$drop_in"
	cp "$units/detainerd.service" "$WORK/$sample/"
	cp "$STAGE/usr/share/doc/detainerd/examples/$sample.conf.sample" "$drop_in/$sample.conf"
	expect "the drop-in $sample as shipped" sh -c "systemd-analyze verify '$WORK/$sample/detainerd.service' 2>&1 | { ! grep .; }"
	sed -i -E 's/^#([A-Z][A-Za-z]+=)/\1/' "$drop_in/$sample.conf"
	expect "and with every line taken" sh -c "systemd-analyze verify '$WORK/$sample/detainerd.service' 2>&1 | { ! grep .; }"
done
