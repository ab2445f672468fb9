# SPDX-License-Identifier: MIT
# Credentials as their drop-in says: a restart takes a new secret, without the
# file nothing starts.  And a password of the database, changed while a hold
# runs out.
token() { # BOOKING: the token that came with its alert
	got hook "m['headers'].get('authorization') if b.get('booking_number') == '$1' and b.get('kind') == 'release_due' and m['path'] == '/hook' else None" | tail -n 1
}
drop_in=/etc/systemd/system/$unit.d/10-credentials.conf
sed -e 's|smtp-password|hook-token|g' /usr/share/doc/detainerd/examples/10-credentials.conf.sample >$drop_in
hook_more='bearer_token_file = "hook-token"' settings
systemctl daemon-reload
systemctl stop $unit
systemctl start --no-block $unit
credentials_missing() { [ "$(systemctl show -P ExecMainStatus $unit)" = 243 ]; }
expect 'without the file it does not start: 243' wait_for credentials_missing
expect 'which is told' wait_for in_journal "MESSAGE_ID=$(id_of 'The service has failed')" "FAILED_UNIT=$unit"
mkdir -p /etc/credstore
(umask 077 && echo first >/etc/credstore/detainerd.hook-token)
expect 'with it, it does by itself' wait_for active
book C1 1
expect 'told' wait_for hooked C1
equal 'with the secret' 'Bearer first' "$(token C1)"
before=$(pid)
echo second >/etc/credstore/detainerd.hook-token
expect 'a changed secret and a reload' systemctl reload $unit
book C2 1
expect 'told' wait_for hooked C2
equal 'by the same process' "$before" "$(pid)"
# Nobody promises this; where it changes, the drop-in's remarks have to.
equal 'two lines for a reload: with the new one' 'Bearer second' "$(token C2)"
echo third >/etc/credstore/detainerd.hook-token
expect 'and a restart' systemctl restart $unit
book C3 1
expect 'told' wait_for hooked C3
equal 'with the newest' 'Bearer third' "$(token C3)"
before=$(pid)
rm /etc/credstore/detainerd.hook-token
expect 'its source gone, a reload fails' sh -c "! systemctl reload $unit 2>/dev/null"
book C4 1
expect 'and nothing else' wait_for hooked C4
equal 'by the same process' "$before" "$(pid)"
equal 'with the secret that it had' 'Bearer third' "$(token C4)"
rm $drop_in
settings
systemctl daemon-reload

conninfo='host=127.0.0.1 dbname=jail user=detainerd passfile=/etc/detainerd/pgpass' settings
psql_run -c "alter role detainerd password 'before'"
(umask 077 && echo '127.0.0.1:*:*:detainerd:before' >/etc/detainerd/pgpass)
systemd-tmpfiles --create detainerd.conf
expect 'with a password file' systemctl restart $unit
before=$(pid)
book P1 3
sed -i 's/:before$/:after/' /etc/detainerd/pgpass
psql_run -c "alter role detainerd password 'after'"
psql_run -c "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'detainerd'" >/dev/null
expect 'a new password, the old sessions gone: told' wait_for hooked P1
equal 'by the same process' "$before" "$(pid)"
settings
systemctl restart $unit
