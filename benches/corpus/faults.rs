//! The faults that can be planted in a made plan, each with the rule that finds it.
//!
//! Two rules have none ([`NOT_PLANTED`]):
//! - `measure-renamed` speaks of two plans of which one succeeds the other; a made plan is alone;
//! - `interim-against-annual` speaks of every figure of an interim report that states last year's;
//!   a made plan has several of them, and its report is an interim one as a whole or not at all.
//!
//! One list for all rules is long, and is read by the name of a rule.

use super::made;
use super::planted::Into::{Entry, Plan, Report};
use super::planted::Needs::{Alone, Nothing, Publication, Setting};
use super::planted::{Fault, Into, Needs, Place, Spot, number};

/// The rules of which no fault can be planted.
pub const NOT_PLANTED: &[&str] = &["interim-against-annual", "measure-renamed"];

type Change = fn(&mut Spot<'_>) -> Option<Place>;

const fn fault(rule: &'static str, into: Into, holds: &'static str, change: Change) -> Fault {
    Fault { rule, into, holds, needs: Nothing, change }
}

const fn fault_where(needs: Needs, rule: &'static str, into: Into, holds: &'static str, change: Change) -> Fault {
    Fault { rule, into, holds, needs, change }
}

const RESULT: &str = "    result: ";
const REASON: &str = "    reason: ";
const EFFECT: &str = "    effect: ";
const COST: &str = "    cost: ";
const NEXT: &str = "      plan: ";
const SESSIONS: &str = "      sessions: { target: ";
const PEOPLE: &str = "      people: { target: ";

/// Takes the line away; the finding stands at the head of its block.
fn gone(spot: &mut Spot<'_>) -> Option<Place> {
    let head = spot.head();
    spot.remove();
    spot.at(head)
}

/// Takes away a line of an entry that stands in the last report and is not that of the repeated row.
fn own(spot: &Spot<'_>) -> Option<()> {
    let head = spot.head();
    let id = number(&spot.files[spot.file][head], "measure: \"")?.1;
    (id != 1 && spot.find_in(0, "repeats: ").is_none_or(|line| measure_of(spot, 0, line) != Some(id))).then_some(())
}

/// The number of the measure that a line of the plan or a report speaks of.
fn measure_of(spot: &Spot<'_>, file: usize, line: usize) -> Option<i64> {
    let lines = &spot.files[file];
    let head = lines[..=line].iter().rev().find(|line| line.starts_with("  - measure: ") || line.starts_with("  - id: \""))?;
    number(head, ": \"").map(|(_, number, _)| number)
}

/// The line of the plan that holds some words and speaks of a measure.
fn in_plan(spot: &Spot<'_>, id: i64, holds: &str) -> Option<usize> {
    let start = spot.find_in(0, &format!("  - id: \"{id}\""))?;
    let end = spot.files[0][start..].iter().position(String::is_empty).map_or(spot.files[0].len(), |length| start + length);
    (start..end).find(|line| spot.files[0][*line].contains(holds))
}

fn has_bands(spot: &Spot<'_>) -> bool {
    spot.find_in(0, "attainment: ").is_some()
}

/// The grade of the entry.
fn grade(spot: &Spot<'_>) -> Option<char> {
    let line = spot.find("    rating: ")?;
    spot.files[spot.file][line].chars().last()
}

/// What is planned and what was counted, on the line.
fn figures(spot: &Spot<'_>) -> Option<(i64, i64)> {
    Some((number(spot.text(), "target: ")?.1, number(spot.text(), "actual: ")?.1))
}

fn year(spot: &Spot<'_>) -> Option<i64> {
    let line = spot.find_in(spot.file, "year: ")?;
    number(&spot.files[spot.file][line], "year: ").map(|(_, year, _)| year)
}

/// The cells of a row of a table: numbers with one decimal place stand as tenths.
fn cell(text: &str, name: &str) -> Option<(i64, i64)> {
    let (_, part, rest) = number(text, &format!(" {name}: ["))?;
    let (_, whole, rest) = number(rest, ", ")?;
    Some((part, whole * 10 + number(rest, ".")?.1))
}

/// Changes the people of a ward, with every total and share that follows.
fn ward(spot: &mut Spot<'_>, change: fn(i64, i64) -> (i64, i64)) -> Option<Place> {
    let (before, others) = (cell(spot.text(), "women")?.0, cell(spot.text(), "men")?.0);
    let (women, men) = change(before, others);
    let (less, fewer) = (women - before, men - others);
    spot.put_cells(women, men)?;
    let all = spot.find("id: all")?;
    let mut sum = spot.go(all);
    let (whole, rest) = (cell(sum.text(), "women")?.0, cell(sum.text(), "men")?.0);
    sum.put_cells(whole + less, rest + fewer)?;
    spot.at(spot.line)
}

/// The faults of `file` rules: how things are written.
const WRITTEN: &[Fault] = &[
    fault_where(Alone, "not-utf-8", Report, EFFECT, |spot| {
        spot.swap("増えた", made::NOT_UTF_8)?;
        spot.at(0)
    }),
    fault_where(Alone, "unreadable-yaml", Report, "    direction: 継続", |spot| {
        spot.put("    direction: [継続".to_owned())?;
        spot.at(spot.line + 1)
    }),
    fault("unknown-kind", Report, "kind: report", |spot| spot.swap("report", "reprot")),
    fault("unknown-key", Entry, "    rating: ", |spot| spot.swap("rating", "ratng")),
    fault("unknown-key", Plan, "    departments: [", |spot| spot.swap("departments", "departmets")),
    fault("duplicate-key", Entry, "    direction: 継続", |spot| {
        spot.above("    direction: 継続".to_owned())?;
        spot.at(spot.line + 1)
    }),
    fault("schema-violation", Entry, "      - { date: ", |spot| spot.put("      - 3回".to_owned())),
    fault("ambiguous-scalar", Entry, COST, |spot| spot.number(COST, |_| 1).and_then(|_| spot.put(format!("{COST}1_000_000")))),
    fault("spreadsheet-error", Entry, COST, |spot| spot.put(format!("{COST}\"#REF!\""))),
    fault("null-marker", Entry, SESSIONS, |spot| {
        let (before, _, after) = number(spot.text(), "actual: ")?;
        let new = format!("{before}―{after}");
        spot.put(new)
    }),
    fault("radical-glyph", Entry, EFFECT, |spot| spot.swap("人が", "⼈が")),
    fault("foreign-glyph", Entry, EFFECT, |spot| spot.swap("寄せられた", "书かれた")),
    fault("halfwidth-kana", Entry, RESULT, |spot| spot.swap("ホームページ", "ﾎｰﾑﾍﾟｰｼﾞ")),
    fault("markup-residue", Entry, RESULT, |spot| spot.before("周知は", "<br>")),
    fault("stray-symbol", Entry, EFFECT, |spot| spot.before("という声", "ʷ")),
    fault("mixed-width-digits", Entry, RESULT, |spot| {
        let (before, count, after) = number(spot.text(), "問い合わせは")?;
        let new =
            format!("{before}{}{}{after}", ["１", "２", "３", "４", "５", "６", "７", "８", "９"][count as usize / 10 - 1], count % 10);
        spot.put(new)
    }),
    fault("digit-grouping", Entry, RESULT, |spot| {
        let (before, people, after) = number(spot.text(), "行い、延べ")?;
        let new = format!("{before}{}, {:03}{after}", people / 1000, people % 1000);
        (people >= 1000).then(|| spot.put(new))?
    }),
    fault("ignore-without-reason", Entry, "    rating: ", |spot| spot.above("    # planlint: ignore[rating-outside-band]".to_owned())),
    fault("unused-ignore", Entry, "    rating: ", |spot| {
        spot.above("    # planlint: ignore[rating-outside-band] 推進会議で了承".to_owned())
    }),
    fault("expired-ignore", Entry, "    rating: ", |spot| {
        spot.above("    # planlint: ignore[rating-outside-band] until=2020-03-31 推進会議で了承".to_owned())
    }),
];

/// The faults of what is named and is not there, or is there twice.
const NAMED: &[Fault] = &[
    fault("undefined-plan", Report, "plan: made-", |spot| several_years(spot).and_then(|()| spot.swap("made", "mde"))),
    fault("undefined-measure", Entry, "  - measure: \"", |spot| {
        spot.find("shared_with").is_none().then(|| spot.swap("measure: \"", "measure: \"x"))?
    }),
    fault("undefined-grade", Entry, "    rating: ", |spot| spot.put("    rating: E".to_owned())),
    fault("undefined-count", Entry, SESSIONS, |spot| spot.swap("sessions", "session")),
    fault("undefined-direction", Entry, "    direction: 継続", |spot| spot.swap("継続", "現状維持")),
    fault("undefined-department", Plan, "    departments: [part-", |spot| {
        (!spot.text().contains("former")).then(|| spot.swap("part-", "prt-"))?
    }),
    fault("undefined-policy", Plan, "    policy: policy-", |spot| spot.swap("policy-", "polcy-")),
    fault("duplicate-id", Plan, "  - id: \"7\"", |spot| spot.swap("7", "6")),
    fault("duplicate-title", Plan, "    title: ", |spot| {
        let id = measure_of(spot, 0, spot.line).filter(|id| *id > 2)?;
        in_plan(spot, id, "repeats: ").is_none().then_some(())?;
        let same = |other: i64, words: &str| Some(spot.text_of(in_plan(spot, other, words)?) == spot.text_of(in_plan(spot, id, words)?));
        let other = (2..id).find(|other| same(*other, "    policy: ") == Some(true) && same(*other, "    departments: ") == Some(true))?;
        let audience = spot.text_of(in_plan(spot, other, "    audience: ")?);
        let title = spot.text_of(in_plan(spot, other, "    title: ")?);
        let line = in_plan(spot, id, "    audience: ")?;
        spot.go(line).put(audience);
        spot.put(title)
    }),
    fault("unused-department", Plan, "  - { id: part-", |spot| spot.above("  - { id: harbour, name: 港湾課 }".to_owned())),
    fault("retired-department", Report, "    progress: ", |spot| {
        let id = measure_of(spot, spot.file, spot.line)?;
        in_plan(spot, id, ", former]")?;
        in_plan(spot, id, "repeats: ").is_none().then_some(())?;
        spot.above("    departments: [former]".to_owned())
    }),
    fault("entry-not-in-plan", Entry, "    progress: ", |spot| {
        let id = measure_of(spot, spot.file, spot.line)?;
        let named = in_plan(spot, id, "    departments: [")?;
        let is_other = |part: &usize| {
            !spot.files[0][named].contains(&format!("part-{part}")) && spot.find_in(0, &format!("{{ id: part-{part}")).is_some()
        };
        let other = (0..10).find(is_other)?;
        spot.above(format!("    departments: [part-{other}]"))
    }),
    fault("bad-municipality-code", Plan, "municipality: {", |spot| {
        let (before, code, after) = number(spot.text(), "code: \"")?;
        let new = format!("{before}{:06}{after}", code / 10 * 10 + (code + 1) % 10);
        spot.put(new)
    }),
    fault("numbering-gap", Plan, "    repeats: ", |spot| {
        let id = measure_of(spot, 0, spot.line)?;
        for lines in spot.files.iter_mut() {
            for line in lines.iter_mut().filter(|line| line.starts_with("  - ") && line.ends_with(&format!(": \"{id}\""))) {
                *line = line.replace(&id.to_string(), &(id + 2).to_string());
            }
        }
        spot.at(spot.head())
    }),
    fault("measure-outside-its-years", Entry, PEOPLE, |spot| {
        let (id, year) = (measure_of(spot, spot.file, spot.line)?, year(spot)?);
        let at = in_plan(spot, id, "    counts:")?;
        spot.files[0].insert(at, format!("    last: {year}"));
        let next = spot.find("        sessions: ")?;
        spot.at(next)
    }),
    fault("title-differs", Plan, "    repeats: ", |spot| {
        let title = spot.find("    title: ")?;
        spot.go(title).append("の再掲")
    }),
    fault("unmarked-repeat", Plan, "    repeats: ", |spot| {
        let (id, file) = (measure_of(spot, 0, spot.line)?, only_report(spot)?);
        spot.remove();
        let line = spot.find_in(file, &format!("  - measure: \"{id}\""))?;
        let mut entry = Spot { files: spot.files, file, line };
        let cost = entry.find(COST)?;
        entry.go(cost).number(COST, |yen| yen + 90_000)?;
        entry.at(line)
    }),
];

/// The faults of what is missing.
const MISSING: &[Fault] = &[
    fault("missing-as-of", Report, "as_of: ", |spot| {
        spot.remove();
        spot.at(spot.line - 1)
    }),
    fault("missing-indicator-value", Report, "  - { indicator: falls", |spot| {
        spot.remove();
        spot.at(spot.find_in(spot.file, "indicators:")?)
    }),
    fault("missing-entry", Report, "    progress: ", |spot| {
        only_report(spot)?;
        lose_entry(spot)
    }),
    fault("missing-progress", Entry, "    progress: ", gone),
    fault("missing-result", Entry, RESULT, |spot| {
        without_figures(spot)?;
        gone(spot)
    }),
    fault("missing-effect", Entry, EFFECT, gone),
    fault("missing-direction", Entry, "    direction: ", gone),
    fault("missing-cost", Entry, COST, |spot| if spot.text().contains("shared_with") { None } else { gone(spot) }),
    fault("missing-rating", Entry, "    rating: ", gone),
    fault("missing-reason", Entry, REASON, |spot| {
        spot.remove();
        spot.at(spot.line - 1)
    }),
    fault("missing-next-plan", Entry, "    next:", |spot| {
        without_figures(spot)?;
        let (line, end) = (spot.line, spot.block().1);
        spot.lines().drain(line..end);
        spot.at(spot.head_above())
    }),
    fault("missing-next-target", Entry, "      counts:", |spot| {
        let (line, end) = (spot.line, spot.block().1);
        spot.lines().drain(line..end);
        spot.lines()[line - 1] = format!("{NEXT}同じように行い、参加しやすい時間帯を選ぶ。");
        spot.at(line - 2)
    }),
    fault("missing-actual", Entry, "      findings: ", |spot| {
        let text = spot.text();
        let new = format!("{} }}", &text[..text.find(", actual: ")?]);
        spot.put(new)
    }),
    fault("missing-target", Entry, SESSIONS, |spot| {
        let (start, end) = (spot.line, spot.find("    rating: ")?);
        for line in start..end {
            let mut one = spot.go(line);
            if let Some(at) = one.text().find("actual: ") {
                let open = one.text().find('{')?;
                let new = format!("{}{{ {}", &one.text()[..open], &one.text()[at..]);
                one.put(new);
            }
        }
        spot.at(start - 1)
    }),
    fault("pending-value", Entry, "      members: ", |spot| {
        let (before, _, after) = number(spot.text(), "actual: ")?;
        let new = format!("{before}{{ missing: pending, note: 集計中 }}{after}");
        spot.put(new)
    }),
    fault("no-counts", Entry, RESULT, |spot| {
        without_figures(spot)?;
        spot.put(format!("{RESULT}講座の内容を見直し、知らせ方を改めた。"));
        let reason = spot.find(REASON)?;
        spot.go(reason).put(format!("{REASON}見直しを終え、問い合わせに担当の課が応じた。"));
        spot.at(reason - 1)
    }),
    fault("rating-without-target", Entry, SESSIONS, |spot| {
        spot.find(PEOPLE).filter(|line| !spot.text_of(*line).contains("prior: "))?;
        let (start, end) = (spot.line, spot.find("    rating: ")?);
        for line in start..end {
            let mut one = spot.go(line);
            if let (Some(from), Some(to)) = (one.text().find("target: "), one.text().find(", actual: ")) {
                let new = format!("{}target: {{ missing: not-planned }}{}", &one.text()[..from], &one.text()[to..]);
                one.put(new);
            }
        }
        let reason = spot.find(REASON)?;
        spot.go(reason).put(format!("{REASON}相談に丁寧に応じ、必要な支援につなげた。"));
        spot.at(end)
    }),
    fault("direction-without-reason", Report, "    direction: 継続", |spot| {
        own(spot)?;
        // In its last year a plan is asked for nothing about the next.
        let (year, years) = (year(spot)?, spot.find_in(0, "years: ")?);
        Spot { files: spot.files, file: 0, line: years }.number("last: ", |_| year)?;
        let (next, end) = (spot.find("    next:")?, spot.block().1);
        spot.lines().drain(next..end);
        spot.swap("継続", "拡充")
    }),
    fault("measure-vanished", Report, "    progress: ", |spot| {
        several_years(spot)?;
        lose_entry(spot)
    }),
];

/// The last report, where it is the only one.
fn only_report(spot: &Spot<'_>) -> Option<usize> {
    (spot.files.len() == 2).then_some(1)
}

/// Whether the entry has no figures at all.
fn without_figures(spot: &Spot<'_>) -> Option<()> {
    spot.find("    counts:").is_none().then_some(())
}

/// Takes the whole entry away.
fn lose_entry(spot: &mut Spot<'_>) -> Option<Place> {
    own(spot)?;
    let (start, end) = spot.block();
    // What it states is stated again, or shared, by another.
    (start..end).all(|line| !spot.text_of(line).contains("calls: ") && !spot.text_of(line).contains("shared_with")).then_some(())?;
    spot.lines().drain(start..=end);
    spot.at(spot.find_in(spot.file, "entries:")?)
}

/// Whether there is a report before the last.
fn several_years(spot: &Spot<'_>) -> Option<()> {
    (spot.files.len() > 2).then_some(())
}

/// The faults of figures that do not agree.
const FIGURES: &[Fault] = &[
    fault("unit-mismatch", Entry, SESSIONS, |spot| spot.swap(" }", "人 }")),
    fault("within-exceeds-whole", Entry, "      first-time: ", |spot| spot.number("actual: ", |n| n + 100_000)),
    fault("sum-mismatch", Entry, "      old: ", |spot| {
        spot.number("actual: ", |n| n + 7)?;
        spot.at(spot.find(PEOPLE)?)
    }),
    fault("memo-row-added", Entry, "      young: ", |spot| {
        let first = spot.find("first-time: ")?;
        let (_, more, _) = number(&spot.files[spot.file][first], "actual: ")?;
        let young = number(spot.text(), "actual: ")?.1;
        // No unusual change from last year besides.
        (more * 3 < young).then_some(())?;
        spot.number("actual: ", |n| n - more)?;
        spot.at(spot.find(PEOPLE)?)
    }),
    fault("parts-incomplete", Entry, "      old: ", |spot| {
        spot.remove();
        spot.at(spot.find(PEOPLE)?)
    }),
    fault("distinct-exceeds-gross", Entry, "      members: ", |spot| {
        let people = spot.find(PEOPLE)?;
        let (_, gross, _) = number(&spot.files[spot.file][people], "actual: ")?;
        let result = spot.find(RESULT)?;
        spot.go(result).number("参加者実人数は", |_| gross + 20)?;
        spot.number("actual: ", |_| gross + 20)
    }),
    fault("tally-mismatch", Entry, PEOPLE, |spot| spot.swap("actual: ", "actual: 実")),
    fault("rate-mismatch", Entry, "      share: ", |spot| spot.number("actual: ", |n| n + 5)),
    fault("bound-misjudged", Entry, "      findings: ", |spot| {
        (grade(spot)? == 'A').then_some(())?;
        spot.number("actual: ", |_| 30)?;
        spot.number("actual: 30.", |_| 7)?;
        let next = spot.find("        findings: ")?;
        spot.go(next).number("target: ", |n| n - 2)?;
        spot.at(spot.find(REASON)?)
    }),
    fault("same-quantity-differs", Entry, "      calls: ", |spot| {
        let id = measure_of(spot, spot.file, spot.line)?;
        in_plan(spot, id, "same_as")?;
        spot.number("actual: ", |n| n + 6)
    }),
    fault("repeat-differs", Report, "      first-time: ", |spot| {
        let id = measure_of(spot, spot.file, spot.line)?;
        in_plan(spot, id, "repeats: ")?;
        spot.number("actual: ", |n| n + 1)
    }),
    fault("formula-mismatch", Entry, NEXT, |spot| spot.number("3人＝", |n| n + 10)),
    fault("growth-mismatch", Entry, REASON, |spot| spot.number("前年度比", |n| n + 30)),
    fault("prior-figure-restated", Entry, "prior: ", |spot| {
        let reason = spot.find(REASON)?;
        (!spot.files[spot.file][reason].contains("前年度比")).then_some(())?;
        spot.number("prior: ", |n| n + 30)
    }),
    fault("figure-differs-in-text", Entry, RESULT, |spot| spot.number("参加者実人数は", |n| n + 100)),
    fault("frequency-mismatch", Entry, RESULT, |spot| {
        let sessions = spot.find(SESSIONS)?;
        let (_, times) = figures(&spot.go(sessions))?;
        let id = measure_of(spot, spot.file, spot.line)?;
        let title = in_plan(spot, id, "id: sessions, title: ")?;
        let title = spot.files[0][title].split("title: ").nth(1)?.split(',').next()?.to_owned();
        (times > 20).then(|| spot.append(&format!("{title}は月1回だった。")))?;
        spot.at(sessions)
    }),
    fault("extreme-attainment", Entry, SESSIONS, |spot| {
        only_report(spot)?;
        (grade(spot)? == 'A' && spot.find("      staff: ").is_none()).then_some(())?;
        spot.number("actual: ", |n| n * 4)?;
        let next = spot.find("        sessions: ")?;
        spot.go(next).number("target: ", |n| n * 4)?;
        spot.at(spot.line)
    }),
    fault("held-but-zero", Entry, "      - { date: ", |spot| spot.swap(" }", ", attendance: 0 }")),
    fault("scope-mismatch", Entry, "      first-time: ", |spot| {
        spot.swap(" }", ", scope: 千葉県 }")?;
        spot.at(spot.find(PEOPLE)?)
    }),
    fault("figure-after-as-of", Entry, SESSIONS, |spot| {
        let year = year(spot)?;
        spot.swap(" }", &format!(", as_of: {}-05-31 }}", year + 1))
    }),
    fault("label-unit-mismatch", Plan, "title: 参加者延べ人数, unit: 人", |spot| spot.swap("unit: 人", "unit: 件")),
    fault("shared-cost-mismatch", Entry, "    cost: { amount: ", |spot| {
        let (id, other) = (measure_of(spot, spot.file, spot.line)?, number(spot.text(), "shared_with: [\"")?.1);
        (other < id).then(|| spot.number("amount: ", |n| n / 10))?
    }),
    fault("cost-counted-twice", Entry, COST, |spot| {
        number(spot.text(), COST)?;
        let id = measure_of(spot, spot.file, spot.line)?;
        let audience = |spot: &Spot<'_>, id: i64| in_plan(spot, id, "    audience: ").map(|line| spot.files[0][line].clone());
        let wanted = audience(spot, id)?;
        let before = |line: &usize| {
            let other = measure_of(spot, spot.file, *line).filter(|other| *other > 1 && *other < id);
            number(&spot.files[spot.file][*line], COST).is_some() && other.and_then(|other| audience(spot, other)).as_ref() == Some(&wanted)
        };
        let other = (0..spot.line).find(before)?;
        let cost = spot.files[spot.file][other].clone();
        spot.put(cost)
    }),
    fault("attendee-count-mismatch", Report, "attendee_count: ", |spot| spot.number("attendee_count: ", |n| n + 1)),
];

/// The faults of ratings and reasons.
const RATED: &[Fault] = &[
    fault("rating-outside-band", Entry, "    rating: A", |spot| {
        (has_bands(spot) && spot.find(SESSIONS).is_some()).then(|| spot.swap("A", "C"))?
    }),
    fault("rating-inversion", Report, "    rating: B", |spot| {
        own(spot)?;
        (!has_bands(spot)).then_some(())?;
        // All that was planned is attained less than by another that is rated below.
        for count in ["share", "findings", "staff", "calls"] {
            spot.find(&format!("      {count}: ")).is_none().then_some(())?;
        }
        let percent = |spot: &Spot<'_>| {
            let people = spot.find(PEOPLE)?;
            let (_, target, rest) = number(&spot.files[spot.file][people], "target: ")?;
            Some(number(rest, "actual: ")?.1 * 100 / target)
        };
        let most = percent(spot)?.max(85);
        let is_better = |line: &usize| {
            let other = Spot { files: &mut [spot.files[spot.file].clone()], file: 0, line: *line };
            other.text() == "    rating: B" && percent(&other) > Some(most + 3)
        };
        (0..spot.files[spot.file].len()).find(is_better)?;
        let sessions = spot.find(SESSIONS)?;
        let mut sessions = spot.go(sessions);
        (figures(&sessions)?.0 >= 20).then_some(())?;
        sessions.number(", actual: ", |n| n * 17 / 20)?;
        spot.swap("B", "A")
    }),
    fault("top-rating-below-target", Report, "    rating: C", |spot| {
        own(spot)?;
        (!has_bands(spot)).then(|| spot.swap("C", "A"))?
    }),
    fault("low-rating-above-target", Report, "    rating: A", |spot| {
        own(spot)?;
        (!has_bands(spot)).then_some(())?;
        let people = spot.find(PEOPLE)?;
        let (target, actual) = figures(&spot.go(people))?;
        (actual >= target && spot.find("      share: ").is_none()).then(|| spot.swap("A", "D"))?
    }),
    fault("reason-contradicts-figures", Entry, REASON, |spot| {
        (grade(spot)? == 'C').then(|| spot.put(format!("{REASON}参加者延べ人数は計画値を上回った。")))?
    }),
    fault("reason-too-thin", Entry, REASON, |spot| spot.put(format!("{REASON}計画どおりに実施できた。"))),
    fault("claim-without-figures", Entry, REASON, |spot| {
        only_report(spot)?;
        spot.append("参加者が前年度を上回った。")
    }),
    fault("rating-stuck", Report, "    rating: ", |spot| {
        own(spot)?;
        (spot.files.len() > 3).then_some(())?;
        (!has_bands(spot)).then_some(())?;
        let head = spot.text_of(spot.head());
        for file in 1..spot.files.len() {
            let start = spot.find_in(file, &head)?;
            let rating = (start..).find(|line| spot.files[file][*line].starts_with("    rating: "))?;
            spot.files[file][rating] = "    rating: B".to_owned();
        }
        spot.at(spot.line)
    }),
];

/// The faults between two years.
const YEARS: &[Fault] = &[
    fault("carry-over-mismatch", Entry, ", actual: ", |spot| {
        number(spot.text(), "carried_over: ")?;
        spot.number("target: ", |n| n + 1)
    }),
    fault("carry-over-unverifiable", Entry, PEOPLE, |spot| spot.number("carried_over: ", |year| year - 9)),
    fault("target-changed", Entry, SESSIONS, |spot| {
        several_years(spot)?;
        spot.find("      staff: ").is_none().then_some(())?;
        spot.number("target: ", |n| n * 4 / 5)
    }),
    fault("target-below-actual", Entry, "        sessions: { target: ", |spot| spot.number("target: ", |n| n * 2 / 3)),
    fault("target-unchanged", Entry, SESSIONS, |spot| {
        let (target, _) = figures(spot)?;
        (grade(spot)? == 'C' && spot.find("      staff: ").is_none()).then_some(())?;
        let people = spot.find(PEOPLE)?;
        let (wanted, came) = figures(&spot.go(people))?;
        spot.number(", actual: ", |_| target * came / wanted)?;
        spot.at(spot.find("        sessions: ")?)
    }),
    fault("target-never-met", Report, SESSIONS, |spot| {
        own(spot)?;
        (spot.files.len() > 3 && spot.find("      staff: ").is_none()).then_some(())?;
        let head = spot.text_of(spot.head());
        for file in 1..spot.files.len() {
            let start = spot.find_in(file, &head)?;
            let line = (start..).find(|line| spot.files[file][*line].starts_with(SESSIONS))?;
            let mut one = Spot { files: spot.files, file, line };
            one.number(", actual: ", |n| n - 1)?;
        }
        spot.at(spot.line)
    }),
    fault("unusual-change", Entry, SESSIONS, |spot| {
        several_years(spot)?;
        (grade(spot)? == 'A' && spot.find("      staff: ").is_none()).then_some(())?;
        (figures(spot)?.0 >= 20).then(|| spot.number(", actual: ", |n| n * 5 / 2))?;
        let next = spot.find("        sessions: ")?;
        spot.go(next).number("target: ", |n| n * 5 / 2)?;
        spot.at(spot.line)
    }),
    fault("text-unchanged", Entry, EFFECT, |spot| {
        let (head, file) = (spot.text_of(spot.head()), spot.file.checked_sub(1).filter(|file| *file > 0)?);
        let start = spot.find_in(file, &head)?;
        let line = (start..).find(|line| spot.files[file][*line].starts_with(EFFECT))?;
        let text = spot.files[file][line].clone();
        spot.put(text)
    }),
    fault("indicator-off-pace", Report, "indicator: known", |spot| {
        several_years(spot)?;
        spot.put_value(", value: ", "40.1")
    }),
    fault("indicator-wrong-direction", Report, "indicator: known", |spot| spot.put_value(", value: ", "38.5")),
    fault("target-differs-from-plan", Report, "indicator: known", |spot| spot.number("target: ", |n| n + 1)),
];

/// The faults of sentences.
const SENTENCES: &[Fault] = &[
    fault("dangling-note", Entry, RESULT, |spot| spot.before("が参加した", "※1")),
    fault("doubled-word", Entry, RESULT, |spot| spot.swap("回覧で", "回覧でで")),
    fault("duplicate-text", Entry, EFFECT, |spot| {
        let other = (0..spot.line).find(|line| spot.text_of(*line).starts_with(EFFECT) && measure_of(spot, spot.file, *line) > Some(1))?;
        let text = spot.text_of(other);
        spot.put(text)
    }),
    fault("effect-repeats-result", Entry, EFFECT, |spot| {
        let result = spot.find(RESULT)?;
        let text = spot.text_of(result).replacen("result", "effect", 1);
        spot.put(text)
    }),
    fault("enumeration-broken", Entry, RESULT, |spot| spot.swap("③", "④")),
    fault("mixed-era-style", Entry, RESULT, |spot| {
        let year = year(spot)?;
        let era = format!("令和{}年度", year - 2018);
        spot.swap(&era, &format!("{year}年度"))
    }),
    fault("plan-in-past-tense", Entry, NEXT, |spot| spot.put(format!("{NEXT}町内会と会を開きました。"))),
    fault("plan-repeats-result", Entry, NEXT, |spot| {
        without_figures(spot)?;
        let result = spot.find(RESULT)?;
        spot.go(result).put(format!("{RESULT}町内会などが行う活動の費用の一部を助成した。"));
        spot.put(format!("{NEXT}町内会などが行う活動の費用の一部を助成する。"))
    }),
    fault("result-in-plan-tense", Entry, RESULT, |spot| spot.append("参加した方の声を次の会に生かします。")),
    fault("done-after-as-of", Entry, RESULT, |spot| {
        let year = year(spot)?;
        spot.append(&format!("令和{}年5月に実施した会でも相談先を知らせた。", year - 2017))
    }),
    fault("scheduled-before-as-of", Entry, RESULT, |spot| {
        let year = year(spot)?;
        spot.append(&format!("令和{}年7月に開催予定の会議で情報を共有する。", year - 2018))
    }),
    fault("term-variant", Entry, RESULT, |spot| spot.swap("問い合わせ", "問合せ")),
    fault("change-within-chance", Entry, EFFECT, |spot| {
        several_years(spot)?;
        spot.find(SESSIONS)?;
        spot.append("市内の交通事故の負傷者数は前年より減少した。")
    }),
    fault_where(Setting, "sentence-too-long", Entry, RESULT, |spot| {
        spot.append("終わりには参加した方どうしで話す時間を取り、日ごろの暮らしの中で困っていることや、近所で気になっていること、これから地域でやってみたいことを出し合い、次の会の持ち方や会場の選び方、知らせ方について意見を聞いて担当の課に伝えた。")
    }),
    fault_where(Setting, "vague-progress", Entry, RESULT, |spot| {
        without_figures(spot)?;
        spot.put(format!("{RESULT}相談に随時応じた。"))
    }),
    fault_where(Publication, "case-narrative", Entry, RESULT, |spot| spot.append("40代の男性が来所し、その後入院した。")),
    fault_where(Publication, "named-person", Entry, EFFECT, |spot| spot.append("講師は山田太郎氏。")),
    fault_where(Publication, "unsafe-wording", Entry, EFFECT, |spot| spot.append("自殺の名所での巡回も行った。")),
    fault_where(Publication, "no-helpline", Plan, "title: ", |spot| {
        spot.text().starts_with("title: ").then(|| spot.swap("くらしと健康の計画", "自殺対策計画"))?
    }),
];

/// The faults of dates.
const DATES: &[Fault] = &[
    fault("date-outside-year", Entry, "      - { date: ", |spot| spot.number("date: ", |year| year - 1)),
    fault("impossible-date", Entry, "      - { date: ", |spot| {
        let year = year(spot)?;
        let (start, end) = (spot.text().find("date: ")?, spot.text().find(", title")?);
        let new = format!("{}date: {year}-06-31{}", &spot.text()[..start], &spot.text()[end..]);
        spot.put(new)
    }),
    fault("wrong-weekday", Report, "attendee_count: ", |spot| {
        let names = ["月", "火", "水", "木", "金", "土", "日"];
        let day = names.iter().position(|day| spot.text().contains(&format!("日({day})")))?;
        spot.swap(&format!("({})", names[day]), &format!("({})", names[(day + 1) % 7]))
    }),
];

/// The faults of tables.
const TABLES: &[Fault] = &[
    fault("band-overlap", Report, "title: 40～64歳", |spot| spot.swap("40～64歳", "39～64歳").and_then(|_| spot.at(spot.line - 1))),
    fault("cross-total-mismatch", Report, "id: ward-", |spot| spot.number("women: [", |n| n + 27)),
    fault("share-mismatch", Report, "young: [", |spot| {
        let (part, tenths) = cell(spot.text(), "young")?;
        spot.swap(&format!("[{part}, {}.{}]", tenths / 10, tenths % 10), &format!("[{part}, {}.{}]", tenths / 10 + 1, tenths % 10))
    }),
    fault("mixed-decimals", Report, "young: [", |spot| {
        let (part, tenths) = cell(spot.text(), "young")?;
        let total = number(spot.text(), "total: ")?.1;
        let exact = (part * 20_000 + total) / (total * 2);
        spot.swap(&format!("[{part}, {}.{}]", tenths / 10, tenths % 10), &format!("[{part}, {}.{:02}]", exact / 100, exact % 100))
    }),
    fault("mixed-share-rounding", Report, "young: [", |spot| {
        let total = number(spot.text(), "total: ")?.1;
        let cut = |name: &str| cell(spot.text(), name).map(|(part, tenths)| (part, tenths, part * 1000 / total));
        let (part, tenths, less) = cut("young")?;
        // The other shares of the row are the same, rounded or cut.
        let same = |name: &str| cut(name).is_some_and(|(_, tenths, less)| tenths == less);
        (less < tenths && same("middle") && same("old")).then_some(())?;
        spot.swap(&format!("[{part}, {}.{}]", tenths / 10, tenths % 10), &format!("[{part}, {}.{}]", less / 10, less % 10))
    }),
    fault("share-without-base", Report, "    shares: { of: total", |spot| {
        let (start, end) = (spot.line, spot.block().1);
        for line in start..end {
            let mut row = spot.go(line);
            if let Some((before, _, after)) = number(row.text(), "total: ") {
                let new = format!("{}{}", before.trim_end_matches("total: "), after.trim_start_matches(", "));
                row.put(new);
            }
        }
        spot.lines().retain(|line| !line.starts_with("      - { id: total, title: 計, sum_of: [young"));
        spot.remove();
        let line = (start..end).find(|line| spot.text_of(*line).contains("young: ["))?;
        spot.at(line)
    }),
    fault("period-gap", Report, "young: [", |spot| {
        let is_row = |line: &str| line.contains("young: [");
        ([spot.line - 2, spot.line - 1, spot.line + 1].iter().all(|line| is_row(&spot.text_of(*line)))).then_some(())?;
        spot.remove();
        spot.at(spot.line)
    }),
    fault("period-repeated", Report, "young: [", |spot| {
        let again = spot.text().replacen("id: y", "id: again-", 1);
        spot.above(again)?;
        spot.at(spot.line + 1)
    }),
    fault("provisional-as-final", Report, "young: [", |spot| spot.swap(", cells", ", provisional: true, cells")),
    fault("source-unstated", Report, "    source: { statistic: 窓口の集計 }", |spot| {
        spot.remove();
        spot.at(spot.line - 2)
    }),
    fault("sources-mixed", Report, "title: 40～64歳", |spot| {
        spot.swap(" }", ", source: { statistic: police } }")?;
        spot.at(spot.line - 2)
    }),
    fault_where(Publication, "small-cell", Report, "id: ward-", |spot| ward(spot, |women, men| (women % 5 + 4, men))),
    fault_where(Publication, "rate-from-few", Report, "id: ward-", |spot| ward(spot, |women, _| (women % 5 + 11, 0))),
    fault_where(Publication, "recoverable-cell", Report, "id: ward-", |spot| {
        let (women, tenths) = cell(spot.text(), "women")?;
        spot.swap(&format!("[{women}, {}.{}]", tenths / 10, tenths % 10), "{ missing: withheld }")
    }),
    fault_where(Publication, "share-reveals-count", Report, "id: ward-0", |spot| {
        let (women, tenths) = cell(spot.text(), "women")?;
        // One count alone has this share, however it was rounded.
        let total = number(spot.text(), "total: ")?.1;
        ((women * 1000 - tenths * total).abs() * 5 < total * 2).then_some(())?;
        for line in spot.line..spot.line + 2 {
            let text = spot.text_of(line);
            let (start, end) = (text.find("women: ")?, text.find(", total: ")?);
            let withheld = "women: { missing: withheld }, men: { missing: withheld }";
            spot.go(line).put(format!("{}{withheld}{}", &text[..start], &text[end..]));
        }
        let share = format!("women: [{{ missing: withheld }}, {}.{}]", tenths / 10, tenths % 10);
        spot.swap("women: { missing: withheld }", &share)
    }),
];

/// Every fault.
pub const FAULTS: &[&[Fault]] = &[WRITTEN, NAMED, MISSING, FIGURES, RATED, YEARS, SENTENCES, DATES, TABLES];
