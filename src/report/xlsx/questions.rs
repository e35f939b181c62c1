//! The question sheet of an author: a row a finding, with room for the answer and its state.

use super::sheet::{Cell, Choice, Sheet, Style, Value};
use super::text::stack;
use crate::catalogue::Lang;
use crate::report::memo::{AcceptedView, CaseView, Memo};

/// The words of the sheets.
struct Words {
    what: &'static str,
    questions: &'static str,
    ending: &'static str,
    overview: &'static str,
    instruction: &'static str,
    head: [&'static str; 11],
    states: [&'static str; 4],
    hint: &'static str,
    hidden: &'static str,
    ending_head: [&'static str; 7],
    overview_head: [&'static str; 4],
    no_questions: &'static str,
    none_ending: &'static str,
    external: &'static str,
    no_day: &'static str,
    as_of: &'static str,
    memo_of: &'static str,
}

const JA: Words = Words {
    what: "記入者への確認票",
    questions: "確認事項",
    ending: "期限の近い了承",
    overview: "課別の件数",
    instruction: "記載のうち確かめたい点と問いです。「回答」に答えを書き、「対応」を一覧から選んでください。報告のファイルを直した場合は「修正した」を選んでください。課の欄の▼で自分の課だけを表示できます。",
    head: ["No.", "課", "事業", "確かめる点", "記載と場所", "問い", "直し方", "区分", "回答", "対応", "規則"],
    states: ["修正した", "理由を記入した", "確認中", "修正は不要"],
    hint: "一覧から選んでください",
    hidden: "人に関わるため、値と抜粋は示しません。",
    ending_head: ["期限", "残り日数", "課", "事業", "指摘", "了承の理由", "場所"],
    overview_head: ["課", "事業", "確かめる点", "期限の近い了承"],
    no_questions: "確かめる点はありません。",
    none_ending: "期限の近い了承はありません。",
    external: "（庁外）",
    no_day: "数値の基準日の記載なし",
    as_of: "数値の基準日 ",
    memo_of: "作成日 ",
};

const EN: Words = Words {
    what: "questions to departments",
    questions: "questions",
    ending: "accepted, ending soon",
    overview: "by department",
    instruction: "Each row names what to confirm, with a question. Write under \"answer\" and choose a state from the list; choose \"corrected\" where the file of the report was changed. The filter in the head shows one department alone.",
    head: [
        "no.",
        "department",
        "measure",
        "what to confirm",
        "excerpt and place",
        "question",
        "how to correct",
        "level",
        "answer",
        "state",
        "rule",
    ],
    states: ["corrected", "reason given", "being confirmed", "no change needed"],
    hint: "choose from the list",
    hidden: "About people: neither value nor excerpt is shown.",
    ending_head: ["until", "days left", "department", "measure", "finding", "why accepted", "place"],
    overview_head: ["department", "entries", "findings", "accepted, ending soon"],
    no_questions: "Nothing to confirm.",
    none_ending: "No accepted finding ends soon.",
    external: " (external)",
    no_day: "no as-of date",
    as_of: "figures as of ",
    memo_of: "sheet of ",
};

fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::Ja => &JA,
        Lang::En => &EN,
    }
}

/// The title of the workbook.
pub(super) fn title(memo: &Memo, lang: Lang) -> String {
    format!("{}　{}　{}", memo.plan.heading, memo.report.year.text, words(lang).what)
}

/// Its sheets.
pub(super) fn sheets(memo: &Memo, title: &str, lang: Lang) -> Vec<Sheet> {
    let words = words(lang);
    vec![questions(memo, title, words), ending(memo, title, words), overview(memo, title, words)]
}

fn mast(sheet: &mut Sheet, memo: &Memo, title: &str, words: &Words) {
    let as_of = memo.report.as_of.as_ref().map_or_else(|| words.no_day.to_owned(), |day| format!("{}{}", words.as_of, day.text));
    let status = &memo.report.status.text;
    sheet.line(title, Style::Title);
    sheet.line(format!("{}　{status}　{as_of}　{}{}", memo.report.edition.text, words.memo_of, memo.date.text), Style::Plain);
}

fn questions(memo: &Memo, title: &str, words: &Words) -> Sheet {
    let mut sheet = Sheet::new(words.questions, &[5.0, 11.0, 17.0, 29.0, 24.0, 29.0, 22.0, 7.0, 28.0, 13.0, 11.0]);
    mast(&mut sheet, memo, title, words);
    sheet.line(words.instruction, Style::Plain);
    sheet.titles(words.head);
    sheet.kept = 3;
    sheet.filter = true;
    sheet.choice = Some(Choice { column: 9, words: words.states.to_vec(), hint: words.hint });
    let mut number = 0_u32;
    for department in &memo.departments {
        for case in &department.findings {
            number += 1;
            sheet.rows.push(row(number, &department.name, case, words));
        }
    }
    if number == 0 {
        sheet.filter = false;
        sheet.choice = None;
        sheet.line(words.no_questions, Style::Text);
    }
    sheet
}

fn row(number: u32, department: &str, case: &CaseView, words: &Words) -> Vec<Cell> {
    let cells: [(Value, Style); 11] = [
        (super::figure::text(&number.to_string()), Style::Centre),
        (department.into(), Style::Text),
        (measure(case).into(), Style::Strong),
        (case.message.as_str().into(), Style::Text),
        (places(case, words).into(), Style::Text),
        (case.question.as_str().into(), Style::Text),
        (case.help.as_str().into(), Style::Text),
        (case.level.text.as_str().into(), Style::Centre),
        ("".into(), Style::Answer),
        ("".into(), Style::Answer),
        (case.rule.into(), Style::Text),
    ];
    (0..).zip(cells).map(|(at, (value, style))| Cell::new(at, value, style)).collect()
}

fn measure(case: &CaseView) -> String {
    match (case.number.as_str(), case.title.as_str()) {
        (_, "") => case.rule_title.to_owned(),
        ("", title) => title.to_owned(),
        (number, title) => format!("{number}　{title}"),
    }
}

/// The places with what stands there, the fault between brackets.
fn places(case: &CaseView, words: &Words) -> String {
    if case.sensitive || case.excerpts.is_empty() {
        let hidden = if case.sensitive { words.hidden } else { "" };
        return stack([format!("{}:{}", case.file, case.line), hidden.to_owned()]);
    }
    stack(case.excerpts.iter().map(|excerpt| {
        let label = if excerpt.label.is_empty() { String::new() } else { format!("（{}）", excerpt.label) };
        let mark = if excerpt.mark.is_empty() { String::new() } else { format!("【{}】", excerpt.mark) };
        format!("{}:{}{label}\n{}{mark}{}", excerpt.file, excerpt.line, excerpt.before.trim_start(), excerpt.after)
    }))
}

fn ending(memo: &Memo, title: &str, words: &Words) -> Sheet {
    let mut sheet = Sheet::new(words.ending, &[20.0, 10.0, 14.0, 22.0, 44.0, 36.0, 24.0]);
    mast(&mut sheet, memo, title, words);
    sheet.titles(words.ending_head);
    let list = memo.departments.iter().flat_map(|department| department.ending.iter().map(move |one| (department.name.as_str(), one)));
    let rows: Vec<Vec<Cell>> = list.map(|(department, one)| ending_row(department, one)).collect();
    sheet.filter = !rows.is_empty();
    if rows.is_empty() {
        sheet.line(words.none_ending, Style::Text);
    }
    sheet.rows.extend(rows);
    sheet
}

fn ending_row(department: &str, one: &AcceptedView) -> Vec<Cell> {
    let until = one.until.as_ref().map(|day| day.text.as_str()).unwrap_or_default();
    let left = one.days_left.map(|days| days.to_string()).unwrap_or_default();
    let place = format!("{}:{}", one.case.file, one.case.line);
    vec![
        Cell::new(0, until, Style::Text),
        Cell::new(1, super::figure::text(&left), Style::Figure),
        Cell::new(2, department, Style::Text),
        Cell::new(3, measure(&one.case), Style::Strong),
        Cell::new(4, one.case.message.as_str(), Style::Text),
        Cell::new(5, one.reason.as_str(), Style::Text),
        Cell::new(6, place, Style::Text),
    ]
}

fn overview(memo: &Memo, title: &str, words: &Words) -> Sheet {
    let mut sheet = Sheet::new(words.overview, &[40.0, 14.0, 14.0, 22.0]);
    mast(&mut sheet, memo, title, words);
    sheet.line(memo.review.verdict.as_str(), Style::Plain);
    sheet.titles(words.overview_head);
    for department in &memo.departments {
        let external = if department.external { words.external } else { "" };
        let count = |at, count: usize| Cell::new(at, super::figure::text(&count.to_string()), Style::Figure);
        sheet.rows.push(vec![
            Cell::new(0, format!("{}{external}", department.name), Style::Text),
            count(1, department.entries.len()),
            count(2, department.findings.len()),
            count(3, department.ending.len()),
        ]);
    }
    sheet
}
