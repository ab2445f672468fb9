# SPDX-License-Identifier: MIT
# Our mail before servers made of aiosmtpd: STARTTLS and AUTH, and each way in
# which they go wrong, classified rightly and tried again.
. tests/lib/system.sh

# receiver | server | user, password | recipient | outcome | code | the answer (a regex) | and then
table() {
	cat <<-'TABLE'
		good          tls       right  sergeant@jail.example   accepted      250 .            done
		password      tls       wrong  sergeant@jail.example   misconfigured 535 5.7.8        again
		nobody        tls       -      sergeant@jail.example   misconfigured 530 5.7.0        again
		untrusted     self      right  sergeant@jail.example   misconfigured -   self-signed  again
		expired       expired   right  sergeant@jail.example   misconfigured -   expired      again
		elsewhere     elsewhere right  sergeant@jail.example   misconfigured -   name         again
		no-tls        plain     right  sergeant@jail.example   misconfigured -   .            again
		refused       tls       right  nobody@refused.example  refused       550 5.1.1        again
		no-auth       no-auth   right  sergeant@jail.example   misconfigured -   .            again
		small         small     right  sergeant@jail.example   refused       552 .            again
		later         tls       right  nobody@later.example    refused       451 4.7.1        again
	TABLE
}

mkdir "$WORK/certificates" "$WORK/mail"
tests/lib/certificates "$WORK/certificates"
: >"$WORK/mail/got.jsonl"
/usr/bin/python3 tests/peers/smtpd.py "$WORK/mail" "$WORK/certificates" >"$WORK/smtpd.log" 2>&1 &
started+=($!)
expect 'the mail servers listen' wait_for test -s "$WORK/mail/ports"
printf 'right\n' >"$WORK/right"
printf 'wrong\n' >"$WORK/wrong"
chmod 600 "$WORK/right" "$WORK/wrong"

receivers() {
	local name server password to
	while read -r name server password to _; do
		echo "receiver \"$name\" { type = \"mail\" url = \"smtp://localhost:$(fake_port mail "$server")\""
		echo " starttls = \"required\" ca_file = \"$WORK/certificates/ca.pem\" timeout = \"10s\""
		echo " from = \"detainerd@jail.example\" to = { \"$to\" }"
		[ "$password" = - ] || echo " user = \"detainerd\" password_file = \"$WORK/$password\""
		echo "}"
	done < <(table)
}
mapfile -t names < <(table | awk '{print $1}')
county "${names[@]}"
psql_run -c "update detainerd.route set kinds = '{release_due}'"
config one "$(receivers)" 'max_in_flight = 128'
start_daemon one
book B1 1
tried() { truth "select count(distinct receiver) = ${#names[@]} from detainerd.delivery join detainerd.delivery_attempt using (delivery_id)"; }
expect 'every server is tried' wait_for tried

id=$(release_due B1)
while read -r name _ _ _ outcome code answer next; do
	row=$(value "select outcome, coalesce(code::text, '-'), answer from detainerd.delivery_attempt join detainerd.delivery using (delivery_id)
		where receiver = '$name' and alert_id = '$id' order by attempt limit 1")
	equal "$name: outcome and code" "$outcome|$code" "$(cut -d '|' -f 1,2 <<<"$row")"
	expect "$name: what it answered: '$(cut -d '|' -f 3 <<<"$row")'" grep -qE -- "$answer" <<<"$(cut -d '|' -f 3 <<<"$row")"
	equal "$name: and then" "$next" "$(value "select case when state = 'delivered' then 'done' when state in ('due', 'leased') then 'again' else state end
		from detainerd.delivery where receiver = '$name' and alert_id = '$id'")"
done < <(table)

# The proof of the proof: what is broken is seen to be.
broken() { ! printf "$1" >"$WORK/broken" || ! /usr/bin/python3 tests/peers/read_mail.py "$WORK/broken" 2>/dev/null; }
head='From: a@b\r\nMIME-Version: 1.0\r\n'
expect 'a header of eight bits is a defect' broken "${head}Subject: \xc3\xa9\r\n\r\nhi\r\n"
expect 'and a part without an end' broken "${head}Content-Type: multipart/alternative; boundary=q\r\n\r\n--q\r\n\r\nhi\r\n"
expect 'and what is not quoted-printable' broken "${head}Content-Transfer-Encoding: quoted-printable\r\n\r\na=XX\r\n"
expect 'and a date that is none' broken "${head}Date: soon\r\n\r\nhi\r\n"

equal 'one message arrived' 1 "$(wc -l <"$WORK/mail/got.jsonl")"
equal 'by TLS, from somebody known' 'True detainerd' "$(got mail "'%s %s' % (m['tls'], m['user'])")"
equal 'from and to' "detainerd@jail.example ['sergeant@jail.example']" "$(got mail "'%s %s' % (m['from'], m['to'])")"
equal 'no password went where nothing hides it' 0 "$(grep -c False "$WORK/mail/auth")"
equal 'nor to whom nobody vouches for' 0 "$(grep -cE '^(self|elsewhere|expired|plain)' "$WORK/mail/auth")"
/usr/bin/python3 -c "import json; open('$WORK/message', 'wb').write(json.loads(open('$WORK/mail/got.jsonl').readline())['raw'].encode('latin-1'))"
expect 'python reads it strictly' /usr/bin/python3 tests/peers/read_mail.py "$WORK/message"
equal 'nothing that the daemon prints holds the password' 0 "$(grep -cwE 'right|wrong' "$WORK/one.log")"
