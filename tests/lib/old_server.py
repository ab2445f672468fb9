#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""old_server.py SOCKET VERSION: a server that says it is PostgreSQL VERSION to
whoever connects, and knows nothing else."""
import os
import socket
import struct
import sys


def message(kind, body):
    return kind + struct.pack("!i", len(body) + 4) + body


def serve(peer, version):
    (size,) = struct.unpack("!i", peer.recv(4))
    (code,) = struct.unpack("!i", peer.recv(4))
    if code == 80877103:  # asked for TLS
        peer.sendall(b"N")
        return serve(peer, version)
    peer.recv(size - 8)
    peer.sendall(
        message(b"R", struct.pack("!i", 0))
        + message(b"S", b"server_version\0" + version.encode() + b"\0")
        + message(b"S", b"client_encoding\0UTF8\0")
        + message(b"Z", b"I")
    )
    peer.recv(1)


listener = socket.socket(socket.AF_UNIX)
if os.path.exists(sys.argv[1]):
    os.unlink(sys.argv[1])
listener.bind(sys.argv[1])
os.chmod(sys.argv[1], 0o777)
listener.listen()
while True:
    connection, _ = listener.accept()
    with connection:
        serve(connection, sys.argv[2])
