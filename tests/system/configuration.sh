# SPDX-License-Identifier: MIT
# What a configuration must not say: one clear line each, with file and line
# where there is one, and the old configuration stays in force on a reload.
. tests/lib/system.sh
start_sink webhook hook
chmod 755 "$WORK"
secrets=$WORK/secrets
mkdir -m 755 "$secrets"

# secret NAME MODE CONTENT
secret() {
	printf '%s\n' "$3" >"$secrets/$1"
	chmod "$2" "$secrets/$1"
}
key='whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
secret key 640 "$key"
secret token 600 abc.def
secret open 644 geheim
secret short 600 whsec_AAAA
secret two 600 $'geheim\nmore'
secret blank 600 'geh eim'

# says WHAT REGEX RECEIVER: --check-config refuses it in one line that fits, and shows no secret.
says() {
	local status=0
	printf 'name = "x"\n%s\n' "$3" >"$WORK/x.conf"
	"$BUILD/detainerd" --config "$WORK/x.conf" --check-config >"$WORK/out" 2>"$WORK/refusal" || status=$?
	equal "$1: status" 78 "$status"
	expect "$1: says so" grep -qE -- "$2" "$WORK/refusal"
	equal "$1: in one line, without the secret" '1 0' "$(wc -l <"$WORK/refusal") $(cat "$WORK/refusal" "$WORK/out" | grep -cE 'geh ?eim')"
}
hook='type = "webhook" url = "https://h.example/"'
mail='type = "mail" url = "smtp://h.example" from = "a@b.example" to = { "c@d.example" }'
says 'a key of another type' 'x.conf:4: .*webhook, which has no key .to.' $'receiver "a" { type = "webhook"\nurl = "https://h.example/"\nto = { "x@y" }\n}'
says 'no url' "x.conf:2: receiver 'a' has no url" 'receiver "a" { type = "webhook" }'
says 'two of one name' "x.conf:3: there is a receiver already of the name 'a'" $'receiver "a" { type = "journal" }\nreceiver "a" { type = "journal" }'
says 'not http' "x.conf:2: .*unusable url; write http://" 'receiver "a" { type = "alertmanager" url = "ftp://h" }'
says 'not smtp' "x.conf:2: .*unusable url; write smtp://" 'receiver "a" { type = "mail" url = "http://h" }'
says 'an unknown key' "x.conf:2: no such option 'nonsense'" 'receiver "a" { type = "journal" nonsense = 1 }'
says 'an unknown key behind comments' "x.conf:8: no such option 'nonsense'" $'# one\n## two // two\n  // three\n/* four\n five */ sweep = "1s" # six\nreceiver "a" { type = "journal"\nnonsense = 1 }'
says 'behind comments in a list' "x.conf:6: no such option 'nonsense'" $'receiver "a" { type = "mail" url = "smtp://h.example" from = "a@b.example" to = {\n"c@d.example", # the chief\n/* and */ "e@f.example" // his deputy\n} }\nnonsense = 1'
says 'signs of comments within values' "x.conf:4: no such option 'nonsense'" $'receiver "a" { type = "alertmanager" url = http://h.example/ }\nreceiver "b" { type = "command" command = { "/bin/true", "http://h.example/*#x\\"/*" }\n}nonsense = 1'
says 'a password in the file' 'x.conf:2: a password never stands in this file.*password_file' "receiver \"a\" { $mail password = \"geheim\" }"
says 'a user without a password' 'both user and password_file' "receiver \"a\" { $mail user = \"x\" }"
says 'a token in clear text' 'clear text; use https' 'receiver "a" { type = "webhook" url = "http://h.example/" bearer_token_file = "/x" }'
says 'no command' 'has no command' 'receiver "a" { type = "command" }'
says 'a command without its path' 'no absolute path' 'receiver "a" { type = "command" command = { "page" } }'
says 'a command that is not there' "/no/such/program' cannot be executed: No such file" 'receiver "a" { type = "command" command = { "/no/such/program" } }'
mkdir "$WORK/bin"
printf '#!/bin/sh\n' >"$WORK/bin/open"
chmod 757 "$WORK/bin/open"
says 'a command that is a folder' "receiver 'a': the command '$WORK/bin' cannot be executed: it is no program" "receiver \"a\" { type = \"command\" command = { \"$WORK/bin\" } }"
says 'a command that anybody may change' "/bin/open': anybody may change it, mode 0757. Fix: chmod o-w $WORK/bin/open" "receiver \"a\" { type = \"command\" command = { \"$WORK/bin/open\" } }"
says 'a key said twice' "x.conf:4: url stands twice, first in line 3" $'receiver "a" { type = "webhook"\nurl = "https://h.example/"\nurl = "https://i.example/" }'
says 'one outside receivers' "x.conf:3: name stands twice, first in line 1" $'\nname = "y" receiver "a" { type = "journal" }'
says 'a file that breaks off' 'x.conf: a { is never closed' $'receiver "a" { type = "journal"\n# }\n'
says 'a comment without end' 'x.conf: a /\* is never closed' $'receiver "a" { type = "journal" }\n/* receiver "b" { type = "journal" }'
says 'no certificates' "receiver 'a': cannot read ca_file '/no/such.pem': No such file" "receiver \"a\" { $hook ca_file = \"/no/such.pem\" }"
says 'a secret that is not there' "receiver 'a': cannot read the secret '$secrets/none': No such file" "receiver \"a\" { $hook signing_key_file = { \"$secrets/none\" } }"
says 'a secret that all may read' "$secrets/open': others may read or change it; owner [a-z]+:[a-z]+, mode 0644. Fix: chown root:[a-z]+ $secrets/open && chmod 0640" \
	"receiver \"a\" { $hook bearer_token_file = \"$secrets/open\" }"
says 'a secret that is no key' 'holds no signing key' "receiver \"a\" { $hook signing_key_file = { \"$secrets/short\" } }"
says 'a secret of two lines' 'more than one line' "receiver \"a\" { $mail user = \"x\" password_file = \"$secrets/two\" }"
says 'a token with a blank' 'holds no token' "receiver \"a\" { $hook bearer_token_file = \"$secrets/blank\" }"
says 'three signing keys' 'more than 2 values' "receiver \"a\" { $hook signing_key_file = { \"/a\", \"/b\", \"/c\" } }"

# Of somebody who may not read it: path, owner, mode, what to type.
printf 'receiver "a" { %s signing_key_file = { "%s" } }\n' "$hook" "$secrets/token" >"$WORK/x.conf"
chmod 644 "$WORK/x.conf"
install -m 755 "$BUILD/detainerd" "$WORK/detainerd"
runuser -u nobody -- "$WORK/detainerd" --config "$WORK/x.conf" --check-config 2>"$WORK/refusal" >/dev/null
equal 'not ours to read: status' 78 $?
expect 'not ours to read: says so' grep -qE "'$secrets/token': Permission denied; owner root:root, mode 0600. Fix: chown root:nogroup $secrets/token && chmod 0640 $secrets/token" "$WORK/refusal"

mkdir -m 700 "$secrets/shut"
cp -p "$secrets/key" "$secrets/shut/key"
printf 'receiver "a" { %s signing_key_file = { "%s" } }\n' "$hook" "$secrets/shut/key" >"$WORK/x.conf"
runuser -u nobody -- "$WORK/detainerd" --config "$WORK/x.conf" --check-config 2>"$WORK/refusal" >/dev/null
expect 'in a folder that is not ours to enter: says so' grep -qE "'$secrets/shut/key': Permission denied; '$secrets/shut' has owner root:root, mode 0700. Fix: chown root:nogroup $secrets/shut && chmod 0750 $secrets/shut" "$WORK/refusal"

# Mail to this host itself is not cut off in silence where its server has no TLS.
warned() { # URL MORE: how many lines, of a configuration that is in order
	printf 'receiver "a" { %s url = "%s" %s }\n' "${mail/url = \"smtp:\/\/h.example\"/}" "$1" "$2" >"$WORK/x.conf"
	"$BUILD/detainerd" --config "$WORK/x.conf" --check-config 2>"$WORK/warning" >/dev/null && wc -l <"$WORK/warning"
}
equal 'mail to this host, nothing said of TLS: one is warned' 1 "$(warned smtp://127.0.0.1 '')"
expect 'and told what to write' grep -q "^detainerd: receiver 'a': .* starttls = \"off\"" "$WORK/warning"
equal 'not where it is said, or elsewhere' '0 0 0 0' "$(warned smtp://localhost 'starttls = "off"') $(warned smtp://localhost 'starttls = "required"') $(warned smtps://localhost '') $(warned smtp://h.example '')"

# A credential is the service's alone: named by the check, needed at the start.
printf 'receiver "a" { %s signing_key_file = { "hook-key", "%s" } }\n' "$hook" "$secrets/key" >"$WORK/x.conf"
"$BUILD/detainerd" --config "$WORK/x.conf" --check-config >"$WORK/out" 2>&1
equal 'the check does not need a credential' 0 $?
expect 'and names it' grep -q "^credential 'hook-key': read when the service starts" "$WORK/out"
refusal "$WORK/x.conf"
equal 'the start needs it: status' 78 "$status"
expect 'and says how to give it' grep -q 'LoadCredential=hook-key:/path' "$WORK/refusal"

county hook
DAEMON_ROLE='detainerd_test application_name=night-watch' config one "receiver \"hook\" { type = \"webhook\" url = \"http://127.0.0.1:$port_hook/hook\" signing_key_file = { \"hook-key\", \"$secrets/key\" } bearer_token_file = \"$secrets/token\" }"
mkdir "$WORK/credentials"
echo 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX' >"$WORK/credentials/hook-key"
chmod 400 "$WORK/credentials/hook-key"
export CREDENTIALS_DIRECTORY=$WORK/credentials
start_daemon one
equal 'what conninfo says goes before what the daemon would wish' 2 "$(value "select count(*) from pg_stat_activity where application_name = 'night-watch'")"
book B1 1
expect 'with it, it works' wait_for has_kind hook release_due
cat >"$WORK/verify.py" <<'PY'
import base64, hashlib, hmac, json, sys
for line in open(sys.argv[1]):
    m = json.loads(line)
    h = m["headers"]
    content = ("%s.%s." % (h["webhook-id"], h["webhook-timestamp"])).encode() + m["text"].encode()
    wanted = ["v1," + base64.b64encode(hmac.new(base64.b64decode(k), content, hashlib.sha256).digest()).decode() for k in sys.argv[2:]]
    print(h["webhook-signature"] == " ".join(wanted), h["authorization"], h["content-type"], abs(int(h["webhook-timestamp"]) - m["arrived_us"] / 1e6) < 60)
PY
equal 'signed with both keys, with its token' 'True Bearer abc.def application/cloudevents+json; charset=utf-8 True' \
	"$(/usr/bin/python3 "$WORK/verify.py" "$WORK/hook/got.jsonl" AAECAwQFBgcICQoLDA0ODxAREhMUFRYX MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw | sort -u)"

chmod 644 "$secrets/key"
kill -HUP "$pid_one"
expect 'a reload with a secret that all may read is refused in words' wait_for logged one 'refused, the old one stays in force: .*others may read'
expect 'and says so in the status' wait_for grep -q "STATUS=.*reload refused: receiver 'hook'" "$WORK/one.notify"
book B2 1
two() { [ "$(got hook "m['headers']['webhook-id']" | grep -cF -e "$(release_due B2)")" -ge 1 ]; }
expect 'the old one is in force' wait_for two
chmod 640 "$secrets/key"
echo new.token >"$secrets/token"
kill -HUP "$pid_one"
expect 'mended, it is taken over' wait_for logged one 'configuration reloaded'
book B3 1
renewed() { [ "$(got hook "m['headers']['authorization']" | tail -n 1)" = 'Bearer new.token' ]; }
expect 'with the new secret' wait_for renewed
status_now() { grep ' STATUS=' "$WORK/one.notify" | tail -n 1; }
mended() { ! status_now | grep -q 'reload refused'; }
expect 'and the status says no more of it' wait_for mended
stop_daemon one
equal 'no secret in what it said' 0 "$(cat "$WORK"/one.log "$WORK"/one.notify | grep -cE 'whsec|abc\.def|new\.token|MfKQ')"
equal 'nor in the database' 0 "$(value "select count(*) from detainerd.delivery_attempt where answer ~ 'whsec|token|MfKQ'")"
