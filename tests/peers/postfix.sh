# SPDX-License-Identifier: MIT
# A Postfix of our own: it takes our mail by TLS, a mailbox gets it, and Python's
# email reads it strictly.  And a bounce: accepted is not delivered, nor seen.
. tests/lib/system.sh

[ "$(id -u)" = 0 ] || { echo 'Postfix starts as root only: run make check-peers as root'; exit 1; }
mkdir -p "$WORK/postfix" "$WORK/certificates" "$WORK/queue" "$WORK/data" "$WORK/mail"
chmod 755 "$WORK"
tests/lib/certificates "$WORK/certificates"
chown postfix "$WORK/data"
chown nobody:nogroup "$WORK/mail"
free_ports() {
	/usr/bin/python3 -c 'import socket; s = [socket.create_server(("127.0.0.1", 0)) for _ in (1, 2)]; print(*(one.getsockname()[1] for one in s))'
}
read -r port next_port < <(free_ports)
cat >"$WORK/postfix/main.cf" <<-CF
	compatibility_level = 3.6
	queue_directory = $WORK/queue
	data_directory = $WORK/data
	command_directory = /usr/sbin
	daemon_directory = /usr/lib/postfix/sbin
	maillog_file = /dev/stdout
	inet_interfaces = loopback-only
	inet_protocols = ipv4
	myhostname = mail.jail.example
	mydestination =
	mynetworks = 127.0.0.0/8
	default_transport = error:nothing leaves this host
	smtpd_relay_restrictions = permit_mynetworks, reject
	smtpd_tls_security_level = encrypt
	smtpd_tls_chain_files = $WORK/certificates/key.pem
	virtual_mailbox_domains = jail.example
	virtual_mailbox_base = $WORK/mail
	virtual_mailbox_maps = static:inbox/
	virtual_uid_maps = static:$(id -u nobody)
	virtual_gid_maps = static:$(id -g nobody)
	transport_maps = inline:{ { gone.example = smtp:[127.0.0.1]:$next_port } }
CF
# Postfix wants the key before the certificate.
cat "$WORK/certificates/good.key" "$WORK/certificates/good.crt" >"$WORK/certificates/key.pem"
cat >"$WORK/postfix/master.cf" <<-CF
	127.0.0.1:$port inet n - n - - smtpd
	127.0.0.1:$next_port inet n - n - - smtpd
	  -o myhostname=mail.gone.example -o smtpd_tls_security_level=none -o smtpd_recipient_restrictions=reject
	smtp      unix       - - n - - smtp
	pickup    unix       n - n 60 1 pickup
	cleanup   unix       n - n - 0 cleanup
	qmgr      unix       n - n 300 1 qmgr
	tlsmgr    unix       - - n 1000 1 tlsmgr
	rewrite   unix       - - n - - trivial-rewrite
	bounce    unix       - - n - 0 bounce
	defer     unix       - - n - 0 bounce
	trace     unix       - - n - 0 bounce
	verify    unix       - - n - 1 verify
	flush     unix       n - n 1000 0 flush
	proxymap  unix       - - n - - proxymap
	showq     unix       n - n - - showq
	error     unix       - - n - - error
	retry     unix       - - n - - error
	discard   unix       - - n - - discard
	virtual   unix       - n n - - virtual
	anvil     unix       - - n - 1 anvil
	scache    unix       - - n - 1 scache
	postlog   unix-dgram n - n - 1 postlogd
CF
postfix -c "$WORK/postfix" start-fg >"$WORK/postfix.log" 2>&1 &
started+=($!)
at_end() {
	postfix -c "$WORK/postfix" stop >/dev/null 2>&1
}
listens() { (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }
expect 'it listens' wait_for listens

mail_to() { # RECEIVER ADDRESS DOMAIN
	echo "receiver \"$1\" { type = \"mail\" url = \"smtp://localhost:$port\" starttls = \"required\" ca_file = \"$WORK/certificates/ca.pem\""
	echo " from = \"detainerd@jail.example\" to = { \"$2\" } own_domains = { \"$3\" } digest_above = \"never\" }"
}
county desk outside gone
psql_run -c "update detainerd.facility set name = 'Straße & \"Söhne\" County Jail', counsel_contact = 'Ms. O''Brien <desk@law.example>, +1 860 555 0100'"
config one "$(mail_to desk sergeant@jail.example jail.example; mail_to outside page@jail.example elsewhere.example; mail_to gone nobody@gone.example gone.example)"
start_daemon one
book B-4711 1
arrived() { [ "$(ls "$WORK/mail/inbox/new" 2>/dev/null | wc -l)" -ge "$1" ]; }
delivered() { truth "select count(*) filter (where state = 'delivered') = $1 from detainerd.delivery join detainerd.alert using (alert_id) where kind = '$2'"; }
expect 'Postfix takes them' wait_for delivered 3 release_due

# message ID RECIPIENT: the file in the mailbox.
message() {
	grep -lF "Delivered-To: $2" "$WORK"/mail/inbox/new/* | xargs -r grep -lFi "message-id: <$1@"
}
read_mail() { /usr/bin/python3 tests/peers/read_mail.py "$@"; }
id=$(release_due B-4711)
has_message() { [ -n "$(message "$1" "$2")" ]; }
expect 'the sergeant has it' wait_for has_message "$id" sergeant@jail.example
file=$(message "$id" sergeant@jail.example)
expect 'python reads it strictly, without a defect' read_mail "$file"
equal 'text and HTML' 'multipart/alternative text/plain text/html' "$(read_mail "$file" parts)"
equal 'Auto-Submitted' auto-generated "$(read_mail "$file" auto-submitted)"
equal 'no subject says ICE' 0 "$(read_mail "$file" subject | grep -cw ICE)"
equal 'the subject says which booking' 1 "$(read_mail "$file" subject | grep -cF B-4711)"
expect 'the first 160 characters are enough' grep -qF 'ICE may not hold booking B-4711' <<<"$(read_mail "$file" plain | tr '\n' ' ' | cut -c 1-160)"
expect 'the jail is called by its name' grep -qF 'Straße & "Söhne" County Jail' <<<"$(read_mail "$file" plain)"
expect 'in HTML too, quoted' grep -qE 'Straße &amp; (&quot;|&#34;|")Söhne' <<<"$(read_mail "$file" html)"
expect 'whom to call' grep -qF "Ms. O'Brien <desk@law.example>, +1 860 555 0100" <<<"$(read_mail "$file" plain)"
equal 'no evidence leaves the house' 0 "$(cat "$WORK"/mail/inbox/new/* | grep -cE 'secret-evidence|1-1\(a\)|felony')"
thread=$(read_mail "$file" references)
expect 'it belongs to a thread' grep -qE '^<[^ ]+@[^ ]+>$' <<<"$thread"

# To a mailbox of others: facility, instant, kind, id, and nothing of the person.
expect 'the other has it' wait_for has_message "$id" page@jail.example
file=$(message "$id" page@jail.example)
equal 'no booking number leaves the house' 0 "$({ read_mail "$file" subject plain html; cat "$file"; } | grep -c 4711)"
expect 'but the id does' grep -qF "$id" <<<"$(read_mail "$file" plain)"

# What somebody wrote to be more than a number, and to be read the other way round.
number=$'\u00fc=?utf-8?Q?x?=\r\nBcc: page@jail.example\r\n\r\n.\r\nRSET\u202e\u2028.'
book "$number" 1
released() { value "select alert_id from detainerd.alert join detainerd.booking using (booking_id) where kind = 'release_due' and booking_number like 'ü%'"; }
written() { [ -n "$(released)" ] && has_message "$(released)" sergeant@jail.example; }
expect 'an evil number: the sergeant has it' wait_for written
file=$(message "$(released)" sergeant@jail.example)
expect 'python reads it strictly' read_mail "$file"
equal 'it is one line of the subject, as it stands' 'booking ü=?utf-8?Q?x?= Bcc: page@jail.example . RSET ., T1' "$(read_mail "$file" subject | tr -s ' ' | sed 's/.*: booking/booking/')"
equal 'no header is its own' 'None sergeant@jail.example' "$(read_mail "$file" bcc to | xargs)"
equal 'and the text has an end' "Alert: $(released)" "$(read_mail "$file" plain | grep '^Alert: ')"
equal 'in both forms' 1 "$(read_mail "$file" html | grep -c '</html>')"

# What is said later of the same stay is in the same thread.
psql_run -c "update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_number = 'B-4711'"
resolved() { value "select alert_id from detainerd.alert where kind = 'resolved' and booking_id is not null"; }
expect 'resolved' wait_for delivered 3 resolved
expect 'the sergeant has it' wait_for has_message "$(resolved)" sergeant@jail.example
file=$(message "$(resolved)" sergeant@jail.example)
expect 'python reads it strictly' read_mail "$file"
equal 'in the same thread' "$thread" "$(read_mail "$file" references)"

# gone.example: our server says 250, the next one says no.
bounce() { grep -lF 'Return-Path: <>' "$WORK"/mail/inbox/new/* | xargs -r grep -lF "<$id@"; }
bounced() { [ -n "$(bounce)" ]; }
expect 'what was accepted comes back, naming our Message-ID' wait_for bounced
equal 'it was accepted once, and is on record as that, no more' 'accepted 250 delivered' "$(value "select string_agg(a.outcome || ' ' || a.code || ' ' || d.state, ' ')
	from detainerd.delivery d join detainerd.delivery_attempt a using (delivery_id) where d.receiver = 'gone' and d.alert_id = '$id'")"
