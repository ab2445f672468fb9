#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Turns two counties' public booking records into import files, one set a facility.

convert(data, out, facility) writes booking.csv, basis.csv, detainer.csv under out
and returns the stays as read here, for an independent recomputation.  Times are
local wall-clock times, as the records have them; the import reads them in the
facility's zone.

Pierce: the latest release of a charge that is not the ICE hold is when the person
would otherwise have gone free (the booking, where there is no other charge); every
local charge is a basis.  Travis has dates only: each is taken as the first instant
of its day; a local charge without a date leaves the start unknown.
"""
import csv
import gzip
import os

# Dispositions that hand the person to somebody else; the rest are releases.
OTHERS = ("chain", "marshall", "police", "sheriff", "fbi", "dea", "extradition", "corrections", "hospital",
          "tdc", "isf", "feds", "other agency")
ICE = ("immigration", "released to ice")


def outcome(disposition):
    words = disposition.lower()
    if words in ICE:
        return "ice_custody", ""
    if words == "escape":
        return "escaped", ""
    if any(other in words for other in OTHERS):
        return "other_agency", disposition
    return "released", disposition


def write(path, header, rows):
    with open(path, "w", newline="") as f:
        out = csv.writer(f)
        out.writerow(header)
        out.writerows(rows)


def pierce(data):
    with open(os.path.join(data, "pierce_hold_charges.csv"), newline="") as f:
        charges = list(csv.DictReader(f))
    local = {}
    for c in charges:
        local.setdefault(c["booking"], [])
        if c["is_ice_hold"] == "0":
            local[c["booking"]].append(c["charge_released_local"])
    with gzip.open(os.path.join(data, "pierce_bookings.csv.gz"), "rt", newline="") as f:
        for b in csv.DictReader(f):
            held = b["booking"] in local
            ends = local.get(b["booking"], [])
            yield {"number": b["booking"], "booked": b["booked_local"], "ended": b["released_local"],
                   "disposition": b["final_disposition"], "held": held, "charges": ends,
                   "eligible": (max(ends) if ends else b["booked_local"]) if held else b["released_local"]}


def travis(data):
    def day(date):
        return date + " 00:00:00" if date else ""

    with gzip.open(os.path.join(data, "travis_bookings.csv.gz"), "rt", newline="") as f:
        for b in csv.DictReader(f):
            eligible = b["last_local_disposition_date"]
            if b["local_charges_open"] != "0":
                eligible = ""
            elif not eligible:
                eligible = b["booking_date"]
            yield {"number": b["booking"], "booked": day(b["booking_date"]), "ended": day(b["ice_disposition_date"]),
                   "disposition": b["ice_disposition"], "held": True, "charges": [], "eligible": day(eligible)}


def convert(data, out, facility):
    stays = list((pierce if facility.startswith("PIERCE") else travis)(data))
    os.makedirs(out, exist_ok=True)
    bookings, bases, detainers = [], [], []
    for s in stays:
        code, detail = outcome(s["disposition"]) if s["ended"] else ("", "")
        bookings.append([facility, s["number"], s["booked"], s["eligible"], s["ended"], code, detail])
        for n, end in enumerate(s["charges"], 1):
            bases.append([facility, s["number"], "local_charge", s["booked"], end, "charge-%d" % n])
        if s["held"]:
            detainers.append([facility, s["number"], "I-247", s["booked"], "hold"])
    write(os.path.join(out, "booking.csv"), ["facility", "booking_number", "booked_at", "release_eligible_at",
          "custody_ended_at", "custody_outcome", "outcome_detail"], bookings)
    write(os.path.join(out, "basis.csv"), ["facility", "booking_number", "kind", "began_at", "ended_at", "reference"], bases)
    write(os.path.join(out, "detainer.csv"), ["facility", "booking_number", "form", "received_at", "reference"], detainers)
    return stays
