"""A second judge of travel documents that shares no code with OpenSSL.

`python <here> <command> <folder> <now>` reads and writes files of the folder, and prints what it
judged; `now` is in seconds since 1970.
"""

import sys

# Python's own hashes and TLS are OpenSSL's: without these two modules nothing here can reach it.
sys.modules["_hashlib"] = None
sys.modules["_ssl"] = None

import pathlib  # noqa: E402

import chips  # noqa: E402
import documents  # noqa: E402
import lists  # noqa: E402

COMMANDS = {
    "issue": documents.issue,
    "check": documents.check,
    "sign-challenges": chips.sign_challenges,
    "check-answers": chips.check_answers,
    "make-chips": chips.make,
    "answer-commands": chips.answer,
    "send-commands": chips.send,
    "check-responses": chips.check_responses,
    "publish": lists.publish,
    "check-list": lists.check,
}


def main():
    command, folder, now = sys.argv[1:]
    COMMANDS[command](pathlib.Path(folder), int(now))
    maps = pathlib.Path("/proc/self/maps")
    if maps.exists() and "libcrypto" in maps.read_text():
        sys.exit("OpenSSL was loaded: this judge is not independent")


main()
