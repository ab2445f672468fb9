#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What Python's email makes of a message, strictly: read_mail.py FILE NAME...

FILE holds the raw message.  Under policy.strict a defect is an error, which ends
this with status 1.  Prints for each NAME a header's value, or of
  parts    the content types, in order
  plain    the text of that part; html likewise
"""
import email
import email.policy
import re
import sys

with open(sys.argv[1], "rb") as f:
    raw = f.read()
message = email.message_from_bytes(raw, policy=email.policy.strict)
for part in message.walk():
    if part.defects or any(value.defects for value in part.values()):
        sys.exit("defects: %r" % (part.defects + [value.defects for value in part.values()]))
    if not part.is_multipart():
        part.get_content()  # the transfer encoding is undone, strictly too
# What strict lets pass: nobody announced 8-bit mail, and its parser takes what is not quoted-printable for text.
for line in raw.split(b"\n"):
    line = line.rstrip(b"\r")
    if len(line) > 998:
        sys.exit("a line is longer than RFC 5322 allows")
    if re.search(rb"[^\t -~]", line):
        sys.exit("not seven bits, or a control character: %r" % line)
for part in message.walk():
    if part["content-transfer-encoding"] == "quoted-printable":
        text = part.get_payload()
        if re.search(r"=(?![0-9A-F]{2}|\r?\n)|[ \t]\r?$", text, re.MULTILINE) or max(map(len, text.splitlines())) > 76:
            sys.exit("not quoted-printable")
for name in sys.argv[2:]:
    if name == "parts":
        print(" ".join(part.get_content_type() for part in message.walk()))
    elif name in ("plain", "html"):
        print(message.get_body((name,)).get_content())
    else:
        print(message[name])
