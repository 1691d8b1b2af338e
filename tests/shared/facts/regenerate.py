"""Write the golden samples that are missing: `python -m tests.shared.facts.regenerate`.

A sample that exists is never overwritten unless named, `--change review.case_opened`: what a log
holds already can't change, so a changed sample means either a new version (add one, with an
upcaster, and keep the old sample) or a fact that no site has recorded yet. Run it after adding a
fact or a version, look at the difference, and check it in.
"""

import argparse
import sys

from tests.shared.facts.specimen import body_of, published, sample_of, specimen


def main(arguments: list[str]) -> int:
    """1 when a sample no longer fits its fact and wasn't named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--change", metavar="NAME", action="append", default=[])
    named = set(parser.parse_args(arguments).change)
    facts = published()
    if unknown := named - facts.keys():
        parser.error(f"no such fact: {', '.join(sorted(unknown))}")
    differing = []
    for name, cls in facts.items():
        path, body = sample_of(name, cls.v), body_of(specimen(cls))
        if path.exists() and path.read_bytes() == body:
            continue
        if path.exists() and name not in named:
            differing.append(name)
            continue
        path.write_bytes(body)
        print(f"written: {path.name}")
    for name in differing:
        print(f"differs, left as it was: {name} (--change {name})", file=sys.stderr)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
