. tests/lib/database.sh
make_template >/dev/null && new_database race && tests/race/run "$@"
