#!/usr/bin/env python3
"""Writes THIRD-PARTY.md: every crate that is linked into the program, with the text of its licence.

    python3 scripts/notices.py            writes the file
    python3 scripts/notices.py --check    fails where the file is not what would be written

Needs the crates of Cargo.lock on this machine (`cargo fetch --locked`) and nothing else.
"""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "THIRD-PARTY.md"

# Of several licences offered, the first one here is taken: the shorter text that names its authors.
PREFERENCE = ["MIT", "ISC", "BSD-3-Clause", "Zlib", "Apache-2.0", "Unicode-3.0", "MPL-2.0"]

# Words that only this licence's text has.
MARKS = {
    "MIT": "Permission is hereby granted, free of charge",
    "ISC": "Permission to use, copy, modify, and",
    "BSD-3-Clause": "Redistribution and use in source and binary forms",
    "Zlib": "This software is provided 'as-is'",
    "Apache-2.0": "Apache License",
    "Unicode-3.0": "UNICODE LICENSE V3",
    "MPL-2.0": "Mozilla Public License Version 2.0",
}

# Their texts name no author, so that one crate's copy stands for another that ships none.
WITHOUT_AUTHOR = {"Apache-2.0", "MPL-2.0"}

LICENCE_FILE = re.compile(r"(?i)^(un)?(licen[cs]e|copying|notice|copyright)")

HEAD = """# Third-party notices

The program contains the crates below, on one platform or another. Where a crate is offered under several
licences, the one that is named here was chosen. SQLite, which `libsqlite3-sys` brings, and the time zone database,
which `chrono-tz` brings, are in the public domain. Made by `scripts/notices.py`; `.ci/run` checks that it is current.

"""


def rank(name):
    return PREFERENCE.index(name) if name in PREFERENCE else len(PREFERENCE)


def chosen(expression):
    """The licences that an SPDX expression is satisfied with."""
    tokens = re.findall(r"[()]|[^\s()]+", expression.replace("/", " OR "))

    def either():
        options = [both()]
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            options.append(both())
        return min(options, key=lambda option: max(map(rank, option)))

    def both():
        names = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            names = names | one()
        return names

    def one():
        token = tokens.pop(0)
        if token == "(":
            names = either()
            tokens.pop(0)
            return names
        if tokens and tokens[0] == "WITH":
            token = f"{token} WITH {tokens.pop(1)}"
            tokens.pop(0)
        return {token}

    return either()


def metadata(target):
    command = ["cargo", "metadata", "--locked", "--offline", "--format-version", "1", "--filter-platform", target]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)


def linked(data):
    """The packages that are linked into the program: no build scripts, macros or tests."""
    packages = {package["id"]: package for package in data["packages"]}
    nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
    program = next(package["id"] for package in data["packages"] if package["name"] == "rapporteur-cli")
    is_macro = lambda package: any("proc-macro" in target["kind"] for target in package["targets"])
    found, waiting = {}, [program]
    while waiting:
        for dependency in nodes[waiting.pop()]["deps"]:
            name = dependency["pkg"]
            kinds = {kind["kind"] for kind in dependency["dep_kinds"]}
            if None in kinds and name not in found and not is_macro(packages[name]):
                found[name] = packages[name]
                waiting.append(name)
    # Packages of this workspace come from no registry.
    return [package for package in found.values() if package["source"]]


def texts(package):
    """The texts of licence files that a crate ships, by licence; others under their names."""
    found = {}
    for path in sorted(Path(package["manifest_path"]).parent.iterdir()):
        if path.is_file() and LICENCE_FILE.match(path.name):
            text = path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")
            text = "\n".join(line.rstrip() for line in text.strip("\n\ufeff").split("\n"))
            flat = " ".join(text.split())
            names = [name for name, mark in MARKS.items() if mark in flat]
            for name in names or [path.name]:
                found.setdefault(name, text)
    return found


def standard(name, package):
    """The text of MIT with its authors, for a crate that ships no text."""
    if name != "MIT":
        return None
    authors = ", ".join(package["authors"]) or f"the authors of {package['name']}"
    text = (ROOT / "LICENSE-MIT").read_text(encoding="utf-8").strip("\n")
    return re.sub(r"Copyright \(c\) .*", f"Copyright (c) {authors}", text)


def notices():
    targets = tomllib.loads((ROOT / "deny.toml").read_text())["graph"]["targets"]
    packages = {(p["name"], p["version"]): p for target in targets for p in linked(metadata(target))}
    shipped = {key: texts(package) for key, package in packages.items()}
    shared = {}
    for key in sorted(shipped):
        for name in WITHOUT_AUTHOR & shipped[key].keys():
            shared.setdefault(name, shipped[key][name])
    rows, by_text, lacking = [], {}, []
    for key in sorted(packages):
        package = packages[key]
        names = chosen(package["license"] or "")
        rows.append(f"| {key[0]} | {key[1]} | {' AND '.join(sorted(names))} |")
        for name in sorted(names):
            text = shipped[key].get(name) or shared.get(name) or standard(name, package)
            if text is None:
                lacking.append(f"{key[0]} {key[1]} ({name})")
            else:
                by_text.setdefault((name, text), []).append(f"{key[0]} {key[1]}")
        for name, text in shipped[key].items():
            if name.upper().startswith(("NOTICE", "COPYRIGHT")):
                by_text.setdefault((name, text), []).append(f"{key[0]} {key[1]}")
    if lacking:
        sys.exit("no licence text was found for: " + ", ".join(lacking))
    page = HEAD + "| crate | version | licence |\n|---|---|---|\n" + "\n".join(rows) + "\n"
    for (name, text), crates in sorted(by_text.items(), key=lambda item: (item[0][0], item[1])):
        page += f"\n## {name}: {', '.join(crates)}\n\n```text\n{text}\n```\n"
    return page


def main():
    page = notices()
    if sys.argv[1:] == ["--check"]:
        if not FILE.exists() or FILE.read_text(encoding="utf-8") != page:
            sys.exit("THIRD-PARTY.md is not current: run python3 scripts/notices.py")
        print("THIRD-PARTY.md is current")
    elif sys.argv[1:]:
        sys.exit(__doc__)
    else:
        FILE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
