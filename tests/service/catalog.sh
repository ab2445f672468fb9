# SPDX-License-Identifier: MIT
# The journal's catalog: one entry for every message id of the daemon, each with
# what happened and what to do; journald takes the file.
. tests/lib/system.sh
catalog=$STAGE/usr/lib/systemd/catalog/detainerd.catalog

ids_of_code() {
	grep -hoE '"[0-9a-f]{32}"' daemon/core/note.c | tr -d '"'
	grep -oE 'MESSAGE_ID=[0-9a-f]{32}' systemd/detainerd-failed | cut -d= -f2
}
ids_of_catalog() { sed -n 's/^-- \([0-9a-f]*\)$/\1/p' "$1"; }
entry() { sed -n "/^-- $1\$/,/^-- /p" "$catalog" | sed '1d;/^-- /d'; }

ids_of_code | sort >"$WORK/code"
ids_of_catalog "$catalog" | sort >"$WORK/catalog"
notes=$(sed -n '/^enum note {/,/NOTES/p' daemon/core/note.h | grep -cE '^	NOTE_')
equal 'an id for each note, one for the service' $((notes + 1)) "$(sort -u "$WORK/code" | wc -l)"
equal 'no id twice' '' "$(uniq -d "$WORK/code")$(uniq -d "$WORK/catalog")"
equal 'ids without an entry' '' "$(comm -23 "$WORK/code" "$WORK/catalog")"
equal 'entries for no id' '' "$(comm -13 "$WORK/code" "$WORK/catalog")"

while read -r id; do
	entry "$id" >"$WORK/entry"
	subject=$(sed -n 's/^Subject: //p' "$WORK/entry")
	expect "$subject: says by whom and where to read on" sh -c "
		[ -n '${subject//\'/}' ] && grep -qx 'Defined-By: detainerd' '$WORK/entry' && grep -q '^Documentation: man:' '$WORK/entry'"
	# The head, what happened, what to do: paragraphs parted by an empty line.
	expect "$subject: what happened and what to do" test "$(awk 'BEGIN {RS = ""} END {print NR}' "$WORK/entry")" -ge 3
done <"$WORK/catalog"

mkdir -p "$WORK/root/usr/lib/systemd/catalog" "$WORK/root/var/lib/systemd/catalog"
cp "$catalog" "$WORK/root/usr/lib/systemd/catalog/"
equal 'journald takes it without a word' '' "$(journalctl --update-catalog --root="$WORK/root" 2>&1)"
equal 'whole' "$(wc -l <"$WORK/catalog")" \
	"$(strings -n 3 "$WORK/root/var/lib/systemd/catalog/database" | grep -c '^Subject: ')"
grep -oE '@[A-Z_]+@' "$catalog" | sort -u | tr -d @ | while read -r field; do
	grep -qE "[\"\x27]$field=" daemon/io/journal.c systemd/detainerd-failed || echo "$field"
done >"$WORK/fields"
equal 'fields that nobody fills' '' "$(cat "$WORK/fields")"
