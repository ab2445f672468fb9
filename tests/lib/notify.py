#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Plays systemd's side of sd_notify: notify.py SOCKET FILE

Binds the datagram socket and appends "<epoch ms> <line>" to FILE for every line
that a service sends.  Start the service with NOTIFY_SOCKET=SOCKET.
"""
import os
import socket
import sys
import time

path, out = sys.argv[1:3]
server = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
server.bind(path)
os.chmod(path, 0o666)
while True:
    lines = server.recv(65536).decode("utf-8", "replace")
    with open(out, "a") as f:
        for line in lines.splitlines():
            f.write("%d %s\n" % (time.time_ns() // 1000000, line))
