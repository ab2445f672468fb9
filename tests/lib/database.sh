# SPDX-License-Identifier: MIT
#
# Sourced within with-cluster: databases with detainerd installed.
# make_template installs once (and once more over itself); new_database copies.

psql_run() {
	psql -X -q -v ON_ERROR_STOP=1 "$@"
}

# value SQL: one value, or rows of them.
value() {
	psql -X -q -At -v ON_ERROR_STOP=1 -c "$1"
}

make_template() {
	PGDATABASE=postgres psql_run -c 'create database detainerd_template' || return 1
	for _ in once 'over itself'; do
		PGDATABASE=detainerd_template psql_run -f sql/install.sql >/dev/null || return 1
	done
	# Whoever logs in does so as what they will be: least rights.  Roles are of the cluster, not of a database.
	PGDATABASE=detainerd_template psql_run <<-'SQL'
		create role detainerd_test login in role detainerd_daemon;
		create role jms_test login in role detainerd_intake;
		create role reviewer_test login in role detainerd_reviewer;
		create role admin_test login in role detainerd_admin;
	SQL
}

# new_database NAME: a fresh copy, and PGDATABASE says so from here on.
new_database() {
	PGDATABASE=postgres psql_run -c "create database \"$1\" template detainerd_template" || return 1
	export PGDATABASE=$1
}
