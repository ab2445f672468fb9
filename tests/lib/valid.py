#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""valid.py SCHEMA GOT.jsonl...: is every event that these sinks got as the
schema says?  Stricter than the schema is to others: a key that it does not
name is a fault here.  Prints what is wrong, then how many events of which
kinds were looked at; none is a fault.
valid.py SCHEMA --data FILE...: the same of what detainerctl printed as JSON."""
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


def documents(paths):
    """What is to be valid, and what it is called."""
    if paths[0] == "--data":
        for path in paths[1:]:
            yield json.load(open(path))["data"], path
        return
    for path in paths:
        for line in open(path):
            event = json.loads(line)["event"]
            yield event, event["data"]["kind"] + ("" if "booking_number" in event["data"] else "-minimal")


kinds, faults = set(), 0
for document, kind in documents(sys.argv[2:]):
    kinds.add(kind)
    for error in validator.iter_errors(document):
        print("%s: %s: %s" % (kind, "/".join(map(str, error.absolute_path)), error.message[:300]))
        faults += 1
print(" ".join(sorted(kinds)))
sys.exit(faults > 0 or not kinds)
