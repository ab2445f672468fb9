# SPDX-License-Identifier: MIT
# A second jail on the same host, by the template.
annex=detainerd@annex.service
expect 'not before it is configured' sh -c "systemctl start $annex && ! systemctl is-active --quiet $annex"
sed 's/^name = .*/name = "annex"/' $conf >/etc/detainerd/annex.conf
systemd-tmpfiles --create detainerd.conf
equal 'who reads its configuration' '640 root detainerd' "$(stat -c '%a %U %G' /etc/detainerd/annex.conf)"
expect 'it starts' systemctl enable --now $annex
expect 'beside the other' active
equal 'both are seen' 2 "$(value "select count(*) from detainerd.daemon_status where alive and daemon in ('annex', '$(uname -n)')")"
equal 'a state of its own' '700 detainerd' "$(stat -c '%a %U' /var/lib/detainerd/annex)"
expect 'one stops' systemctl stop $unit
expect 'and takes nothing of the other with it' test -d /run/detainerd-annex
book I1 1
expect 'which goes on' wait_for hooked I1
systemctl start $unit
