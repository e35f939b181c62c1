//! Statistics tables: what is said of totals, shares and parts, fault by fault. The examples of
//! the rules themselves are in `rules/`; here are the combinations.

#![allow(clippy::unwrap_used)]

mod common;

use planlint::catalogue::Lang;

const HEAD: &str = "kind: plan\nid: p\ntitle: 計画\n---\nkind: report\nplan: p\nyear: 2024\nas_of: 2025-03-31\ntables:\n";

/// The findings of a table: rule, what stands at its place, and the words at the other places.
fn findings(table: &str) -> Vec<String> {
    let text = format!("{HEAD}{}", table.trim_start_matches('\n'));
    let (loaded, outcome) = common::check(&[("example.yaml", text.into_bytes())], &common::settings(None, None));
    assert!(outcome.breakdowns.is_empty(), "{:?}", outcome.breakdowns);
    outcome
        .findings
        .iter()
        .map(|finding| {
            let related = finding.related.iter().map(|related| {
                let words = finding.related_words(related, Lang::En);
                assert!(!words.is_empty(), "{} has no words for {}", finding.rule.name(), related.name);
                format!("; {} {words}", loaded[0].source.slice(related.place.span))
            });
            let related: String = related.collect();
            format!("{}/{} at {}{related}", finding.rule.name(), finding.variant, loaded[0].source.slice(finding.place.span))
        })
        .collect()
}

/// A grid of months by sex with its totals.
fn grid(rows: [[i64; 3]; 4]) -> String {
    let names = ["apr", "may", "jun", "all"];
    let mut text = String::from(
        "  - id: visits\n    source: { statistic: 集計 }\n    columns: [{ id: men, title: 男性 }, { id: women, title: 女性 }, { id: total, title: 計, sum_of: [men, women] }]\n    rows:\n",
    );
    for (name, [men, women, total]) in names.into_iter().zip(rows) {
        let sum = if name == "all" { "sum_of: all, " } else { "" };
        text.push_str(&format!("      - {{ id: {name}, {sum}cells: {{ men: {men}, women: {women}, total: {total} }} }}\n"));
    }
    text
}

const RIGHT: [[i64; 3]; 4] = [[112, 130, 242], [207, 125, 332], [319, 404, 723], [638, 659, 1297]];

#[test]
fn a_right_table_is_clean() {
    assert_eq!(findings(&grid(RIGHT)), Vec::<String>::new());
}

#[test]
fn any_one_wrong_cell_is_one_finding_at_that_cell() {
    for row in 0..4 {
        for column in 0..3 {
            let mut rows = RIGHT;
            rows[row][column] += 31;
            let found = findings(&grid(rows));
            assert_eq!(found.len(), 1, "{found:?}");
            let place = format!("cross-total-mismatch/default at {}", rows[row][column]);
            assert!(found[0].starts_with(&place), "{found:?}");
        }
    }
}

#[test]
fn two_wrong_cells_are_two_findings() {
    let mut rows = RIGHT;
    rows[0][0] += 31;
    rows[1][1] += 5;
    let found = findings(&grid(rows));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|finding| finding.starts_with("cross-total-mismatch")), "{found:?}");
}

#[test]
fn a_total_and_the_total_made_of_it_are_one_finding() {
    let mut rows = RIGHT;
    rows[3][1] += 40;
    rows[3][2] += 40;
    assert_eq!(findings(&grid(rows)), ["sum-mismatch/default at 699; 1337 計 would then be 1297".replace("計 would", "all・計 would")]);
}

fn topics(all: &str) -> String {
    format!(
        "  - id: topics
    source: {{ statistic: 集計 }}
    columns: [{{ id: men, title: 男性 }}, {{ id: women, title: 女性 }}, {{ id: total, title: 計, sum_of: [men, women] }}]
    rows:
      - {{ id: work, title: 仕事, cells: {{ men: 11, women: 15, total: 26 }} }}
      - {{ id: family, title: 家族, cells: {{ men: 14, women: 39, total: 53 }} }}
      - {{ id: childcare, title: 育児, within: family, cells: {{ men: 4, women: 8, total: 12 }} }}
      - {{ id: care, title: 介護, within: family, cells: {{ men: 1, women: 0, total: 1 }} }}
      - {{ id: all, title: 計, sum_of: all, cells: {{ {all} }} }}
"
    )
}

#[test]
fn a_memo_row_added_in_one_column_or_in_all_is_one_finding() {
    assert_eq!(
        findings(&topics("men: 25, women: 62, total: 87")),
        ["memo-row-added/default at 62; 8 it lies within another figure; 87 計・計 would then be 79"]
    );
    assert_eq!(
        findings(&topics("men: 29, women: 62, total: 91")),
        ["memo-row-added/default at 29; 4 it lies within another figure; 62 計・女性 would then be 54; 91 計・計 would then be 79"]
    );
    assert_eq!(
        findings(&topics("men: 30, women: 62, total: 92")),
        ["memo-row-added/default at 30; 4 it lies within another figure; 1 it lies within another figure; 62 計・女性 would then be 54; 92 計・計 would then be 79"]
    );
    assert_eq!(findings(&topics("men: 25, women: 54, total: 79")), Vec::<String>::new());
}

/// One column with a total of all its rows.
fn column(figures: &[&str], total: &str) -> String {
    let mut text = String::from("  - id: visits\n    source: { statistic: 集計 }\n    columns: [{ id: n, title: 人数 }]\n    rows:\n");
    for (at, figure) in figures.iter().enumerate() {
        text.push_str(&format!("      - {{ id: r{at}, title: 区分{at}, cells: {{ n: {figure} }} }}\n"));
    }
    text.push_str(&format!("      - {{ id: all, title: 計, sum_of: all, cells: {{ n: {total} }} }}\n"));
    text
}

#[test]
fn the_cause_of_a_wrong_total_is_named() {
    for (total, expected) in [
        ("70", &[][..]),
        ("61", &["sum-mismatch/left-out at 61; 9 a part"]),
        ("91", &["sum-mismatch/twice at 91; 21 a part"]),
        ("71", &["sum-mismatch/default at 71"]),
        ("約71", &[]),
        ("71以上", &["sum-mismatch/default at 71以上"]),
        ("{ missing: not-counted }", &[]),
    ] {
        assert_eq!(findings(&column(&["40", "9", "21"], total)), expected, "{total}");
    }
    assert_eq!(findings(&column(&["40", "9", "22"], "17")), ["sum-mismatch/swapped at 17"]);
    assert_eq!(findings(&column(&["40", "{ missing: not-counted }", "21"], "60")), ["sum-mismatch/lower at 60"]);
    assert_eq!(findings(&column(&["40", "{ missing: not-counted }", "21"], "70")), Vec::<String>::new());
}

#[test]
fn what_does_not_add_up_is_left_alone() {
    let columns = |text: &str, cells: [&str; 3]| {
        let [one, other, all] = cells;
        format!("  - id: t\n    source: {{ statistic: 集計 }}\n    columns: [{text}]\n    rows:\n      - {{ id: a, cells: {{ {one} }} }}\n      - {{ id: b, cells: {{ {other} }} }}\n      - {{ id: all, sum_of: all, cells: {{ {all} }} }}\n")
    };
    for (text, cells) in [
        ("{ id: n, title: 受診率, unit: \"%\" }", ["n: 20.0", "n: 60.0", "n: 40.0"]),
        ("{ id: n, title: 1回あたりの人数 }", ["n: 20", "n: 60", "n: 40"]),
        ("{ id: n, title: 利用者（実人数） }", ["n: 20", "n: 60", "n: 70"]),
        ("{ id: n, title: 人数, unit: 千円 }", ["n: 20", "n: 60", "n: 81"]),
    ] {
        assert_eq!(findings(&columns(text, cells)), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_wrong_count_is_told_once_and_not_by_its_share_too() {
    let table = "  - id: t
    source: { statistic: 集計 }
    columns: [{ id: total, title: 計, sum_of: [men, women] }, { id: men, title: 男性, share_of: total }, { id: women, title: 女性, share_of: total }]
    rows:
      - { id: a, title: A, cells: { total: 50, men: [20, 40.0], women: [30, 60.0] } }
      - { id: b, title: B, cells: { total: 50, men: [71, 34.0], women: [33, 66.0] } }
      - { id: all, title: 計, sum_of: all, cells: { total: 100, men: [37, 37.0], women: [63, 63.0] } }
";
    assert_eq!(findings(table), ["cross-total-mismatch/default at 71; 50 the total of the row; 37 the total of the column"]);
}

#[test]
fn undeclared_shares_of_two_totals_are_each_of_their_own() {
    let table = |share: &str| {
        format!(
            "  - id: t
    columns: [{{ id: v, title: 甲計, sum_of: [v1, v2] }}, {{ id: v1, title: 甲1 }}, {{ id: v2, title: 甲2 }}, {{ id: w, title: 乙計, sum_of: [w1, w2] }}, {{ id: w1, title: 乙1 }}, {{ id: w2, title: 乙2 }}]
    source: {{ statistic: 集計 }}
    rows:
      - {{ id: a, title: A, cells: {{ v: 84, v1: [68, 81.0], v2: [16, 19.0], w: 87, w1: [68, 78.2], w2: [19, 21.8] }} }}
      - {{ id: b, title: B, cells: {{ v: 82, v1: [47, 57.3], v2: [35, 42.7], w: 81, w1: [49, 60.5], w2: [32, {share}] }} }}
      - {{ id: c, title: C, cells: {{ v: 87, v1: [60, 69.0], v2: [27, 31.0], w: 84, w1: [59, 70.2], w2: [25, 29.8] }} }}
"
        )
    };
    assert_eq!(findings(&table("39.5")), Vec::<String>::new());
    assert_eq!(findings(&table("40.5")), ["share-mismatch/default at 40.5; 81 the total of which it is a share"]);
}
