"""The tables of docs/performance.md, from what was measured.

tables.py LANG FOLDER CRITERION   prints them: FOLDER holds results.json, CRITERION the stages
tables.py --put TABLES PAGE       puts them between the marks of a page
"""

import json
import os
import platform
import re
import sys

SETS = ["tiny", "city", "large-city", "prefecture"]
STAGES = ["read", "parse", "schema", "model", "rules", "check", "check-all-threads", "check-at-fault", "render", "parse-granit"]
# The stages that a run is made of.
PARTS = ["read", "parse", "schema", "model", "rules"]
INSIDE = ["peer-unsafe-libyaml-events", "peer-granit-events", "peer-serde_yaml-value", "peer-jsonschema-value"]
WHOLE = ["planlint", "planlint-one-thread", "planlint-again", "ryl", "yamlruff", "ajv+js-yaml", "yamllint", "check-jsonschema"]

WORDS = {
    "en": {
        "machine": "Machine: {cores} cores ({cpu}), {os}; load when the measuring began: {load}. Versions: {versions}.",
        "stages": ["stage", "and beside them"],
        "share": "share of `read` + `check` (prefecture)",
        "whole": ["program", "files", "MB", "seconds", "processor seconds", "MB/s", "time per byte, planlint = 1", "peak memory, MB"],
        "targets": ["target", "at most", "measured", ""],
        "least": "at least {}",
        "met": "met",
        "missed": "missed",
        "absent": "not measured",
    },
    "ja": {
        "machine": "測定した機械: {cores}コア（{cpu}）、{os}。測り始めたときの負荷: {load}。版: {versions}。",
        "stages": ["段階", "比べる相手"],
        "share": "`read` + `check` に占める割合（prefecture）",
        "whole": ["プログラム", "ファイル", "MB", "秒", "プロセッサー秒", "MB/秒", "1バイトあたりの時間（planlint = 1）", "メモリの最大、MB"],
        "targets": ["目標", "上限", "測定", ""],
        "least": "{}以上",
        "met": "達成",
        "missed": "未達",
        "absent": "測定なし",
    },
}

# What is aimed at: words, the limit, whether it is the least that is asked, and how it is shown.
TARGETS = [
    ("libyaml", "parse + schema + all rules on one thread, against raw unsafe-libyaml events (prefecture)", "構文解析、スキーマ、全規則を1スレッドで。unsafe-libyaml のイベントだけの速さを1として（prefecture）", 4, True, "{:.2f} ×"),
    ("check-jsonschema", "nation, whole process: time per byte against check-jsonschema", "nation の全体: check-jsonschema に対する1バイトあたりの時間", 1 / 50, False, "1/{}"),
    ("ajv+js-yaml", "nation, whole process: time against ajv with js-yaml", "nation の全体: ajv と js-yaml に対する時間", 1 / 5, False, "1/{}"),
    ("ryl", "nation, whole process: time against ryl", "nation の全体: ryl に対する時間", 1, False, "{:.2f}"),
    ("yamlruff", "nation, whole process: time against yamlruff", "nation の全体: yamlruff に対する時間", 1, False, "{:.2f}"),
    ("cores", "nation: two cores against one", "nation: 1コアに対する2コアの速さ", 1.8, True, "{:.2f} ×"),
    ("one", "one report of 65 measures with its prior year, ms", "65施策の報告1件（前年度と照合）、ミリ秒", 10, False, "{:.1f}"),
    ("start", "of which start-up, ms", "うち起動、ミリ秒", 3, False, "{:.1f}"),
    ("again", "second run over the nation after one edit, against the first", "nation の1か所を直した後の2回目、1回目に対する時間", 1 / 10, False, "1/{}"),
    ("faulty", "1% of entries at fault with JSON written, against the clean run (prefecture)", "1％の項目に誤りがありJSONを書くとき、誤りのない実行に対する時間（prefecture）", 1.3, False, "{:.2f}"),
    ("memory", "peak memory over the nation, against 1.5 × its bytes + 50 MB", "nation のメモリの最大、バイト数の1.5倍 + 50 MB に対して", 1, False, "{:.2f}"),
]


def rows(table):
    lines = ["| " + " | ".join(row) + " |" for row in table]
    return "\n".join([lines[0], "|" + "---|" * len(table[0]), *lines[1:]]) + "\n"


def stage(criterion, name, data):
    """Seconds and bytes of a stage."""
    folder = os.path.join(criterion, name, data, "new")
    try:
        with open(os.path.join(folder, "estimates.json"), encoding="utf-8") as file:
            seconds = json.load(file)["median"]["point_estimate"] / 1e9
        with open(os.path.join(folder, "benchmark.json"), encoding="utf-8") as file:
            return seconds, json.load(file)["throughput"]["Bytes"]
    except FileNotFoundError:
        return None


def short(seconds):
    for unit, size in [("s", 1), ("ms", 1e-3), ("µs", 1e-6)]:
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e9:.0f} ns"


def stages_table(criterion, words):
    whole = [stage(criterion, name, "prefecture") for name in ("read", "check")]

    def share(name):
        found = stage(criterion, name, "prefecture")
        if name not in PARTS or not found or None in whole:
            return ""
        return f"{found[0] / sum(seconds for seconds, _ in whole):.0%}"

    def row(name):
        cells = []
        for data in SETS:
            found = stage(criterion, name, data)
            cells.append(f"{short(found[0])} ({found[1] / found[0] / 1e6:.0f} MB/s)" if found else words["absent"])
        return [f"`{name}`", *cells]

    title, beside = words["stages"]
    return rows([[title, *SETS, words["share"]], *([*row(name), share(name)] for name in STAGES)]) + "\n" + rows([[beside, *SETS], *map(row, INSIDE)])


def whole_table(results, words):
    table = [words["whole"]]
    base = results["planlint", "nation"]
    for name in WHOLE:
        for data in ["nation", "few"]:
            found = results.get((name, data))
            if not found or (name == "planlint" and data == "few"):
                continue
            per_byte = found["seconds"] / found["bytes"] / (base["seconds"] / base["bytes"])
            mega = found["bytes"] / 1e6
            table.append([f"`{name}`", data, f"{mega:.0f}" if mega >= 10 else f"{mega:.1f}", f"{found['seconds']:.2f}", f"{found['cpu']:.2f}", f"{mega / found['seconds']:.2f}", f"{per_byte:.2f}", f"{found['memory'] / 1e6:.0f}"])
    return rows(table)


def measured(results, criterion):
    """What was measured of each target."""
    found = {}
    check, libyaml = stage(criterion, "check", "prefecture"), stage(criterion, INSIDE[0], "prefecture")
    if check and libyaml:
        found["libyaml"] = libyaml[0] / check[0]
    base = results["planlint", "nation"]
    for name, data in [("check-jsonschema", "few"), ("ajv+js-yaml", "nation"), ("ryl", "nation"), ("yamlruff", "nation")]:
        other = results[name, data]
        found[name] = base["seconds"] / base["bytes"] / (other["seconds"] / other["bytes"])
    found["cores"] = results["planlint-one-thread", "nation"]["seconds"] / base["seconds"]
    found["one"] = results["planlint-one-report", "city"]["seconds"] * 1e3
    found["start"] = results["planlint-start-up", "city"]["seconds"] * 1e3
    if ("planlint-again", "nation") in results:
        found["again"] = results["planlint-again", "nation"]["seconds"] / base["seconds"]
    clean, faulty = results["planlint-json", "prefecture"], results["planlint-json", "faulty"]
    found["faulty"] = faulty["seconds"] / clean["seconds"]
    found["memory"] = base["memory"] / (1.5 * base["bytes"] + 50e6)
    return found


def shown(form, value):
    if form != "1/{}":
        return form.format(value)
    return form.format(f"{1 / value:.3g}") if value < 0.5 else f"{value:.2f}"


def targets_table(results, criterion, words, lang):
    found = measured(results, criterion)
    table = [words["targets"]]
    for key, english, japanese, limit, least, form in TARGETS:
        show = lambda value: shown(form, value)
        value = found.get(key)
        bound = words["least"].format(show(limit)) if least else show(limit)
        verdict = "" if value is None else words["met" if (value >= limit if least else value <= limit) else "missed"]
        table.append([english if lang == "en" else japanese, bound, words["absent"] if value is None else show(value), verdict])
    return rows(table)


def tables(lang, folder, criterion):
    words = WORDS[lang]
    with open(os.path.join(folder, "results.json"), encoding="utf-8") as file:
        results = {(one["name"], one["data"]): one for one in json.load(file)}
    with open(os.path.join(folder, "versions"), encoding="utf-8") as file:
        versions = ", ".join(line.strip().replace("==", " ") for line in file)
    with open(os.path.join(folder, "load"), encoding="utf-8") as file:
        load = file.read().strip()
    machine = words["machine"].format(cores=os.cpu_count(), cpu=platform.machine(), os=platform.system(), load=load, versions=versions)
    parts = {"machine": machine + "\n", "targets": targets_table(results, criterion, words, lang), "peers": whole_table(results, words), "stages": stages_table(criterion, words)}
    return "\n".join(f"<!-- {name} -->\n\n{text}\n<!-- /{name} -->\n" for name, text in parts.items())


def put(tables_file, page):
    with open(tables_file, encoding="utf-8") as file:
        made = file.read()
    with open(page, encoding="utf-8") as file:
        text = file.read()
    for part in re.findall(r"<!-- (\w+) -->.*?<!-- /\1 -->", made, re.S):
        block = rf"<!-- {part} -->.*?<!-- /{part} -->"
        text = re.sub(block, lambda _: re.search(block, made, re.S).group(0), text, flags=re.S)
    with open(page, "w", encoding="utf-8") as file:
        file.write(text)


if sys.argv[1] == "--put":
    put(*sys.argv[2:])
else:
    print(tables(*sys.argv[1:]), end="")
