#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""valid.py SCHEMA GOT.jsonl...: is every event that these sinks got as the
schema says?  Stricter than the schema is to others: a key that it does not
name is a fault here.  Prints what is wrong, then how many events of which
kinds were looked at; none is a fault."""
import copy
import json
import sys

import jsonschema


def strict(node):
    """No key but those that are named."""
    if isinstance(node, dict):
        for value in list(node.values()):
            strict(value)
        if "properties" in node:
            node["additionalProperties"] = False
    elif isinstance(node, list):
        for value in node:
            strict(value)
    return node


schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(strict(copy.deepcopy(schema)), format_checker=jsonschema.FormatChecker())
kinds, faults = set(), 0
for path in sys.argv[2:]:
    for line in open(path):
        event = json.loads(line)["event"]
        kinds.add(event["data"]["kind"] + ("" if "booking_number" in event["data"] else "-minimal"))
        for error in validator.iter_errors(event):
            print("%s: %s: %s" % (event["data"]["kind"], "/".join(map(str, error.absolute_path)), error.message[:300]))
            faults += 1
print(" ".join(sorted(kinds)))
sys.exit(faults > 0 or not kinds)
