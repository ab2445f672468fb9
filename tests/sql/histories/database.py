# SPDX-License-Identifier: MIT
"""The database that PG* names, as the histories need it: run statements, read all facts and law as a recompute.World."""
import datetime as dt
import json
import os
import subprocess

import recompute

PSQL = os.environ.get("PSQL", "psql -X -v ON_ERROR_STOP=1 -q -At").split()
DATES = ("issued_on", "convicted_on", "effective_from", "allows_from")


def run(sql):
    """Runs statements, exits with PostgreSQL's own words if one fails."""
    done = subprocess.run(PSQL, input="set timezone to 'UTC'; set bytea_output to 'hex';\n" + sql,
                          capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr[:4000])
    return done.stdout


def rows(query):
    out = run("select coalesce(json_agg(q), '[]') from (%s) q" % query)
    return json.loads(out)


def typed(row):
    """A row as the recomputation wants it: dates as dates, instants as whole microseconds."""
    out = {}
    for name, value in row.items():
        if value is not None and name in DATES:
            value = dt.date.fromisoformat(value)
        elif value is not None and name.endswith("_at"):
            value = recompute.instant(value)
        out[name] = value
    return out


def world():
    w = recompute.World()
    w.jurisdictions = {r["code"]: r["parent"] for r in rows("select code, parent from detainerd.jurisdiction")}
    w.facilities = {r["facility_id"]: r for r in rows(
        "select facility_id, code, jurisdiction, agency_kind, time_zone from detainerd.facility")}
    w.bookings = [dict(typed(r), id=r["booking_id"]) for r in rows("select * from detainerd.booking")]
    w.bases = [typed(r) for r in rows("select * from detainerd.custody_basis")]
    w.detainers = [typed(r) for r in rows("select * from detainerd.detainer order by detainer_id")]
    w.findings = [typed(r) for r in rows("select * from detainerd.finding")]
    w.rules = [dict(typed(r), id=r["rule_id"], alternatives=[], bars=[]) for r in rows("select * from detainerd.rule")]
    by_id = {r["id"]: r for r in w.rules}
    alternatives = {}
    for a in rows("select * from detainerd.rule_alternative"):
        a["terms"] = []
        by_id[a["rule_id"]]["alternatives"].append(a)
        alternatives[a["rule_id"], a["alternative"]] = a
    for t in rows("select * from detainerd.rule_term"):
        alternatives[t["rule_id"], t["alternative"]]["terms"].append(t)
    for b in rows("select * from detainerd.rule_bar order by ground"):
        by_id[b["rule_id"]]["bars"].append(b["ground"])
    return w


def literal(value):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "array[%s]::text[]" % ", ".join(literal(v) for v in value)
    return "'%s'" % str(value).replace("'", "''")
