# SPDX-License-Identifier: MIT
# The completion of bash: made from the tables of options, so what is offered is what the program takes.
. tests/lib/system.sh
daemon/ctl/completion "$BUILD/detainerctl" >"$WORK/detainerctl.bash"
equal 'made without a database, without a word' 0 $?
printf 'x\n' >"$WORK/facts.csv"
mkdir "$WORK/folder"
# offers WORDS...: what TAB after the last of them offers, sorted, in one line.  Sourced in a function, as bash-completion does.
offers() {
	(cd "$WORK" && env -i PATH="$PATH" bash -c '
		load() { . ./detainerctl.bash; }
		compopt() { :; }
		load
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
		_detainerctl
		printf "%s\n" "${COMPREPLY[@]}"' - "$@" | sort -u | xargs)
}
offered() { # WHAT WANTED WORDS...
	equal "$1" "$2" "$(offers "${@:3}")"
}
offered 'a command' 'receivers report routes' detainerctl r
equal 'every command' "$("$BUILD/detainerctl" --list-commands | cut -d ' ' -f 2 | sort -u | xargs)" "$(offers detainerctl '')"
offered 'the word behind it' 'add disable enable test' detainerctl routes ''
offered 'behind an option too' 'test' detainerctl --db dbname=x routes te
offered 'and behind --option=value' 'test' detainerctl --db = dbname routes te
offered 'options' '--json' detainerctl holds --js
offered 'of the command' '--overdue' detainerctl holds --o
offered 'and of no other' '' detainerctl alerts --o
offered 'of the word behind it' '--receiver --repeat' detainerctl routes add --re
offered 'behind its argument' '--facility' detainerctl explain 26-1 --fa
offered 'a file' 'facts.csv' detainerctl import --kind booking fac
offered 'a file for an option' 'facts.csv' detainerctl holds --config fac
offered 'with = too' 'facts.csv' detainerctl holds --config = fac
offered 'right behind =' "$(ls "$WORK" | sort | xargs)" detainerctl holds --config =
offered 'a folder, and no file' 'folder' detainerctl migrate --sql f
offered 'a zone' 'America/Denver' detainerctl holds --tz America/Denv
offered 'nothing where nobody knows' '' detainerctl explain --facility ''
while read -r _ words; do
	# shellcheck disable=SC2086 # the words of a command
	equal "detainerctl $words: what --help tells" "$("$BUILD/detainerctl" $words --help | grep -oE -- '--[a-z][a-z-]*(\[?=|  |$)' | grep -oE -- '--[a-z-]*[a-z]' | sort -u | xargs)" "$(offers detainerctl $words --)"
done < <("$BUILD/detainerctl" --list-commands)
