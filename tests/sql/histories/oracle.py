# SPDX-License-Identifier: MIT
"""Holds recompute.py itself against expected.csv, for a check that is wrong checks nothing: facts.sql must be loaded."""
import csv
import os
import sys

import database
import recompute


def main():
    world = database.world()
    codes = {f["facility_id"]: f["code"] for f in world.facilities.values()}
    ids = {(codes[b["facility_id"]], b["booking_number"]): b["id"] for b in world.bookings}
    right = wrong = 0
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "expected.csv"), newline="") as f:
        for row in csv.DictReader(f):
            mine = world.judge(ids[row["facility"], row["booking_number"]], recompute.instant(row["as_of"]))
            got = {"starts_at": recompute.iso(mine["starts_at"]), "allowed": "t" if mine["allowed"] else "f",
                   "reason": mine["reason"], "release_at": recompute.iso(mine["release_at"]), "unlawful_seconds": ""}
            if mine["unlawful"] is not None:
                got["unlawful_seconds"] = str(recompute.unlawful_seconds(mine["unlawful"]))
            faults = ["%s %s, got %s" % (c, row[c] or "-", got[c] or "-") for c in got if got[c] != row[c]]
            if faults:
                print("recomputed %s as of %s: %s" % (row["booking_number"], row["as_of"], "; ".join(faults)))
            wrong += bool(faults)
            right += not faults
    print("%d passed, %d failed" % (right, wrong))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
