# SPDX-License-Identifier: MIT
"""A second opinion on the replay: how long each person was held too long, worked
out here without a line of the project's SQL.

A detainer in force from the booking on; the clock runs 48 hours from the release
that the local charges allow.  Local days from the system's zone data.
"""
import datetime as dt
import functools
import zoneinfo

UTC = dt.timezone.utc
DAY = dt.timedelta(days=1)


def nth_weekday(year, month, weekday, n):
    first = dt.date(year, month, 1)
    return first + dt.timedelta((weekday - first.weekday()) % 7 + 7 * (n - 1))


@functools.lru_cache(None)
def holidays(year):
    """Observed federal holidays whose own date lies in this year (5 U.S.C. 6103), from 1986 on."""
    last_monday_of_may = nth_weekday(year, 6, 0, 1) - 7 * DAY
    fixed = [(1, 1), (7, 4), (11, 11), (12, 25)] + ([(6, 19)] if year >= 2021 else [])
    days = {nth_weekday(year, 1, 0, 3), nth_weekday(year, 2, 0, 3), last_monday_of_may,
            nth_weekday(year, 9, 0, 1), nth_weekday(year, 10, 0, 2), nth_weekday(year, 11, 3, 4)}
    for month, day in fixed:
        date = dt.date(year, month, day)
        days.add(date + {5: -DAY, 6: DAY}.get(date.weekday(), 0 * DAY))
    return days


def excluded(date):
    return date.weekday() >= 5 or date in holidays(date.year) or date in holidays(date.year + 1)


def midnight(date, zone):
    return dt.datetime(date.year, date.month, date.day, tzinfo=zone).astimezone(UTC)


def parse(text, zone, last=False):
    """A wall-clock time; of a repeated hour a start is its first, an end its second occurrence."""
    if not text:
        return None
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone, fold=int(last)).astimezone(UTC)


def clock_end(start, zone, workdays):
    left = dt.timedelta(hours=48)
    if not workdays:
        return start + left
    at = start
    while True:
        date = at.astimezone(zone).date()
        next_day = midnight(date + DAY, zone)
        if not excluded(date):
            if left <= next_day - at:
                return at + left
            left -= next_day - at
        at = next_day


def late(stay, zone_name, workdays):
    """Unlawful time of one stay; None where it has not ended or its start is not known."""
    zone = zoneinfo.ZoneInfo(zone_name)
    booked = parse(stay["booked"], zone)
    ended = parse(stay["ended"], zone, last=True)
    start = parse(stay["eligible"], zone)
    if ended is None or ended < booked or not stay["held"] or start is None:
        return None
    start = max(start, booked)
    charges = [(parse(c, zone, last=True)) for c in stay["charges"]]
    start = max([start] + charges)
    return max(ended - max(clock_end(start, zone, workdays), booked), 0 * DAY)
