# SPDX-License-Identifier: MIT
# Mail servers that behave badly: what each is recorded as, and that none of them
# holds up the daemon. libcurl waits for a server's word on the text, and for its
# answer to QUIT, without returning: mail must be off the loop.
. tests/lib/system.sh
start_sink webhook hook
mkdir "$WORK/fake"
: >"$WORK/fake/got.jsonl"
/usr/bin/python3 tests/lib/smtp.py "$WORK/fake" 2>"$WORK/fake.log" &
started+=($!)
expect 'the server listens' wait_for test -s "$WORK/fake/port"
port=$(cat "$WORK/fake/port")

receivers=$(webhook hook "$port_hook")
names=hook
fake() { # BEHAVIOUR [TIMEOUT [MORE [TLS]]]
	names+=" $1"
	receivers+=" receiver \"$1\" { type = \"mail\" url = \"smtp://127.0.0.1:$port/$1\" ${4-starttls = \"off\"} from = \"detainerd@jail.example\""
	receivers+=" to = { \"gone@jail.example\", \"sergeant@jail.example\" } timeout = \"${2:-3s}\" ${3:-} }"
}
fake text-hang 20s
fake quit-hang
fake hello-hang 1s
fake endless
fake close
fake text-451
fake text-554
fake sender-550
fake sender-530
fake refuse-550
fake latin
fake no-tls 3s '' '' # nothing said of TLS: required, to this host too
for verb in EHLO MAIL RCPT DATA; do
	fake close-$verb
	fake hang-$verb 1s
done
for greeting in mute gone; do
	mkdir "$WORK/$greeting"
	/usr/bin/python3 tests/lib/smtp.py "$WORK/$greeting" $greeting 2>"$WORK/$greeting.log" &
	started+=($!)
	expect "the server listens: $greeting" wait_for test -s "$WORK/$greeting/port"
	receivers+=" receiver \"$greeting\" { type = \"mail\" url = \"smtp://127.0.0.1:$(cat "$WORK/$greeting/port")\" starttls = \"off\" from = \"detainerd@jail.example\" to = { \"sergeant@jail.example\" } timeout = \"1s\" }"
done
receivers+=" receiver \"all-gone\" { type = \"mail\" url = \"smtp://127.0.0.1:$port/refuse-551\" starttls = \"off\" from = \"detainerd@jail.example\" to = { \"gone@jail.example\" } }"
receivers+=" receiver \"closed\" { type = \"mail\" url = \"smtp://127.0.0.1:9\" starttls = \"off\" from = \"detainerd@jail.example\" to = { \"gone@jail.example\" } timeout = \"2s\" }"
county $names all-gone closed mute gone
config one "$receivers" 'max_in_flight = 200'
start_daemon one
book B1 1
expect 'the hook is told' wait_for has_kind hook release_due
hanging() { grep -q text-hang "$WORK/fake/got.jsonl"; }
expect 'a server has the text and says nothing' wait_for hanging
book B2 1
told() { [ "$(got hook "b['id'] if b.get('data', b).get('kind') == 'release_due' else None" | grep -cF "$(release_due B2)")" -ge 1 ]; }
expect 'the next instant is raised and delivered meanwhile' wait_for told
equal 'and that server says nothing still' 0 "$(value "select count(*) from detainerd.delivery_attempt t join detainerd.delivery d using (delivery_id) where d.receiver = 'text-hang'")"

recorded() { # RECEIVER OUTCOME CODE ANSWER
	truth "select count(*) > 0 from detainerd.delivery_attempt t join detainerd.delivery d using (delivery_id)
		where d.receiver = '$1' and t.outcome = '$2' and t.code is not distinct from $3 and coalesce(t.answer, '') like '$4'"
}
expect 'accepted, whatever becomes of QUIT' wait_for recorded quit-hang accepted 250 '250 2.0.0 queued as F4KE'
expect 'no greeting: timed out' wait_for recorded hello-hang timeout null '%timed out%'
expect 'a greeting without end: cut off' wait_for recorded endless unreachable null '%'
expect 'hung up after the text: not accepted' wait_for recorded close unreachable null '%'
for verb in EHLO MAIL RCPT DATA; do
	expect "hung up at $verb: not accepted" wait_for recorded close-$verb unreachable null '%'
	expect "says nothing to $verb: timed out" wait_for recorded hang-$verb timeout null '%timed out%'
done
expect 'never greets: timed out' wait_for recorded mute timeout null '%'
expect 'hangs up instead of greeting' wait_for recorded gone unreachable null '%'
equal 'and none of them has been told' 0 "$(value "select count(*) from detainerd.delivery where (receiver ~ '^(close|hang)' or receiver in ('mute', 'gone')) and state = 'delivered'")"
expect '451 is refused' wait_for recorded text-451 refused 451 '451 not this one'
expect '554 is refused' wait_for recorded text-554 refused 554 '554 not this one'
expect '550 for the sender is refused' wait_for recorded sender-550 refused 550 '550 not from you'
expect '530: wants a login, for a person to mend' wait_for recorded sender-530 misconfigured 530 '530 not from you'
expect 'one recipient refused: the other is told, the answer says so' wait_for recorded refuse-550 accepted 250 \
	'refused for 1 of 2 recipients: 550 5.1.1 no mailbox here by that name; 250 2.0.0 queued as F4KE'
expect 'the journal too' logged one 'not to every recipient.*1 of 2'
expect 'every recipient refused: nobody is told' wait_for recorded all-gone refused 551 '551 5.1.1 no mailbox here by that name'
expect 'words that are not UTF-8 are recorded all the same' wait_for recorded latin refused 554 '554 pas accept?'
expect 'no TLS offered: nothing goes out in clear text' wait_for recorded no-tls misconfigured null '%'
equal 'really nothing' 0 "$(grep -c no-tls "$WORK/fake/got.jsonl")"
expect 'nobody listens' wait_for recorded closed unreachable null '%'
expect 'and the server that says nothing has timed out in the end' wait_for recorded text-hang timeout null '%'
stop_daemon one
equal 'a clean end' 0 $?
