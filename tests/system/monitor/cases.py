#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""cases.py RULES TESTS OUT: writes for promtool the healthy case of TESTS, and
from it one case a rule of RULES: with the series below in place of the healthy
one, that rule fires, as late as it says, and no other but those named.
A rule without a case here, or a case without a rule, fails."""
import sys

import yaml

AWAY = "_x100"
LATE = 30  # minutes: by then what was wrong from the start has fired
CASES = {  # rule -> series that are wrong, labels of the alert, what fires with it
    "DetaineeOverdueUnacknowledged": ({"detainerd_alerts_unacknowledged": "3x100"}, {}, ()),
    "DetaineeOverdueForHours": ({"detainerd_oldest_overdue_timestamp_seconds": "-14000x100"}, {}, ()),
    "DetainerStartUnknown": ({"detainerd_holds_start_unknown": "2x1600"}, {}, ()),
    "DetainerdDown": ({'up{job="detainerd"}': "0x100"}, {}, ()),
    "DetainerdNotReady": ({"detainerd_ready": "0x100"}, {}, ()),
    "DetainerdDatabaseAway": ({"detainerd_database_up": "0x100"}, {}, ()),
    "DetainerdDoesNotLook": ({"detainerd_last_successful_poll_timestamp_seconds": "0x100"}, {}, ()),
    "DetainerdCountsAreOld": ({"detainerd_measured_timestamp_seconds": "0x100"}, {}, ()),
    "DetainerdUndelivered": ({"detainerd_delivery_oldest_pending_seconds": "0+60x100"}, {}, ()),
    "DetainerdReceiverFails": ({'detainerd_deliveries_total{receiver="desk",result="accepted"}': "7x100"}, {"receiver": "desk"}, ()),
    "DetainerdSlow": ({'detainerd_delivery_latency_seconds_bucket{le="+Inf"}': "0+11x100",
                       'detainerd_delivery_latency_seconds_bucket{le="60.000"}': "0+11x100"}, {}, ()),
    "DetainerdFactsStale": ({"detainerd_source_age_seconds": "4000x100"}, {}, ()),
    "DetainerdTrouble": ({'detainerd_troubles{condition="hold_drift"}': "1x100"}, {"condition": "hold_drift"}, ()),
    "DetainerdClockSkewed": ({"detainerd_database_time_seconds": "9+60x100"}, {}, ()),
    "DetainerdReloadRefused": ({"detainerd_config_last_reload_successful": "0x100"}, {}, ()),
}

rules_file, tests_file, out = sys.argv[1:]
rules = {rule["alert"]: rule for group in yaml.safe_load(open(rules_file))["groups"] for rule in group["rules"]}
tests = yaml.safe_load(open(tests_file))
tests["rule_files"] = [rules_file]
healthy = {row["series"]: row["values"] for row in tests["tests"][0]["input_series"]}
assert set(rules) == set(CASES), set(rules) ^ set(CASES)

# what was there at the start stays for a day and more where a rule waits so long
LONG = {"DetainerStartUnknown": 1500}


def fires(rule, minute, names, labels):
    samples = [{"labels": 'ALERTS{alertname="%s",alertstate="firing",%s}' % (name, ",".join(
        '%s="%s"' % pair for pair in sorted({**rules[name]["labels"], **(labels if name == rule else {})}.items()))), "value": 1}
        for name in names]
    return {"expr": 'ALERTS{alertstate="firing"}', "eval_time": "%dm" % minute, "exp_samples": samples}


def stretch(values, minutes):
    return values.rsplit("x", 1)[0] + "x%d" % minutes


for name, (wrong, labels, also) in CASES.items():
    minute = LONG.get(name, LATE)
    series = {**healthy, **wrong}
    if minute > LATE:
        series = {key: value if " " in value else stretch(value, minute + 100) for key, value in series.items()}
    tests["tests"].append({
        "name": name, "interval": "1m",
        "input_series": [{"series": key, "values": value} for key, value in series.items()],
        "promql_expr_test": [fires(name, 0, (), {}), fires(name, minute, (name, *also), labels)]})
tests["tests"].append({
    "name": "no daemon is scraped", "interval": "1m", "input_series": [],
    "alert_rule_test": [], "promql_expr_test": [
        {"expr": 'count(ALERTS{alertname="DetainerdDown",alertstate="firing"})', "eval_time": "5m", "exp_samples": [{"labels": "{}", "value": 1}]}]})
yaml.safe_dump(tests, open(out, "w"))
