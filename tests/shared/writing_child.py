"""Writes to a database from several threads and says on stdout what was answered, until killed."""

import sys
import threading
from pathlib import Path

from sqlalchemy.engine import Connection

from shared.sqlite import SqliteDatabase

THREADS = 4


def main(path: Path) -> None:
    """One line `thread number` for each write that came back; rows are those two numbers."""
    database = SqliteDatabase(path)
    lock = threading.Lock()

    def write(thread: int, number: int) -> None:
        def work(conn: Connection) -> None:
            conn.exec_driver_sql("INSERT INTO note VALUES (?, ?)", (thread, number))

        database.write(work)
        with lock:
            sys.stdout.write(f"{thread} {number}\n")
            sys.stdout.flush()

    def run(thread: int) -> None:
        for number in range(1_000_000):
            write(thread, number)

    for thread in range(THREADS):
        threading.Thread(target=run, args=(thread,)).start()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
