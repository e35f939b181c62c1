//! Properties of the arithmetic: what must hold for every figure, table and way of rounding.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a strategy that builds no value is a mistake in the test")]

use planlint::arithmetic::{
    Attainment, Better, Culprits, Equation, Figure, Form, Interval, Part, Policy, PolicySet, Quantity, RateVerdict, Rational, Rounding,
    Share, ShareCell, ShareVerdict, SumVerdict, attainment, check_quotient, check_shares, check_table, check_total,
};
use proptest::prelude::*;

fn rational() -> impl Strategy<Value = Rational> {
    let small = (-10_000i64..10_000, 1i64..400);
    let any = (any::<i64>(), 1i64..i64::MAX);
    prop_oneof![4 => small, 1 => any].prop_map(|(n, d)| Rational::new(n.into(), d.into()).unwrap())
}

fn small_rational() -> impl Strategy<Value = Rational> {
    (-10_000i64..10_000, 1i64..400).prop_map(|(n, d)| Rational::new(n.into(), d.into()).unwrap())
}

/// An interval and a value in it.
fn inhabited() -> impl Strategy<Value = (Interval, Rational)> {
    let ends = (small_rational(), small_rational(), small_rational());
    (ends, any::<[bool; 4]>()).prop_map(|((a, b, c), [open_low, open_high, no_low, no_high])| {
        let mut ends = [a, b, c];
        ends.sort();
        let [low, value, high] = ends;
        let bound = |end: Rational, open: bool| {
            if open && end != value { planlint::arithmetic::Bound::open(end) } else { planlint::arithmetic::Bound::closed(end) }
        };
        let low = (!no_low).then(|| bound(low, open_low));
        let high = (!no_high).then(|| bound(high, open_high));
        (Interval::new(low, high).unwrap(), value)
    })
}

proptest! {
    #[test]
    fn rationals_form_a_field(a in small_rational(), b in small_rational(), c in small_rational()) {
        prop_assert_eq!(a.checked_add(b), b.checked_add(a));
        prop_assert_eq!(a.checked_mul(b), b.checked_mul(a));
        let left = a.checked_add(b).unwrap().checked_mul(c).unwrap();
        let right = a.checked_mul(c).unwrap().checked_add(b.checked_mul(c).unwrap()).unwrap();
        prop_assert_eq!(left, right);
        prop_assert_eq!(a.checked_sub(a), Some(Rational::ZERO));
        if !b.is_zero() {
            prop_assert_eq!(a.checked_div(b).unwrap().checked_mul(b), Some(a));
        }
    }

    #[test]
    fn the_order_is_that_of_the_differences(a in rational(), b in rational()) {
        if let Some(difference) = a.checked_sub(b) {
            prop_assert_eq!(a.cmp(&b), difference.cmp(&Rational::ZERO));
        }
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        prop_assert_eq!(a.cmp(&b), b.negated().cmp(&a.negated()));
    }

    #[test]
    fn rounding_moves_less_than_a_unit_and_no_further_than_half(
        value in small_rational(), decimals in 0u8..6,
    ) {
        let step = Rational::step(decimals).unwrap();
        let half = step.half().unwrap();
        let up = value.round_half_up(decimals).unwrap();
        let even = value.round_half_even(decimals).unwrap();
        let cut = value.truncate(decimals).unwrap();
        prop_assert!(value.checked_sub(up).unwrap().abs() <= half);
        prop_assert!(value.checked_sub(even).unwrap().abs() <= half);
        prop_assert!(value.checked_sub(cut).unwrap().abs() < step);
        prop_assert!(cut.abs() <= value.abs());
        prop_assert_eq!(up.round_half_up(decimals), Some(up));
        // The printed figure stands for what was rounded to it.
        prop_assert!(Interval::rounded(up, decimals).contains(value));
        prop_assert!(Interval::rounded(even, decimals).contains(value));
    }

    #[test]
    fn printing_a_decimal_and_reading_it_gives_the_same(
        digits in -10_000_000_000i128..10_000_000_000, decimals in 0u8..7,
    ) {
        let value = Rational::from_decimal(digits, decimals).unwrap();
        let exact = value.to_string();
        prop_assert_eq!(Quantity::parse(&exact).unwrap().value(), value);
        let padded = format!("{value:.*}", usize::from(decimals));
        let read = Quantity::parse(&padded).unwrap();
        prop_assert_eq!((read.value(), read.decimals()), (value, decimals));
        prop_assert!(read.interval().contains(value));
    }
}

proptest! {
    #[test]
    fn results_hold_what_the_values_give((a, x) in inhabited(), (b, y) in inhabited()) {
        prop_assert!(a.contains(x) && b.contains(y));
        prop_assert!((a + b).contains(x.checked_add(y).unwrap()));
        prop_assert!((a - b).contains(x.checked_sub(y).unwrap()));
        prop_assert!((a * b).contains(x.checked_mul(y).unwrap()));
        prop_assert!((-a).contains(x.negated()));
        match a.checked_div(b) {
            Some(quotient) => prop_assert!(quotient.contains(x.checked_div(y).unwrap())),
            None => prop_assert!(b.contains(Rational::ZERO)),
        }
        prop_assert!(a.widen(Rational::step(1).unwrap()).covers(a));
    }

    #[test]
    fn two_intervals_meet_or_one_lies_below((a, x) in inhabited(), (b, y) in inhabited()) {
        prop_assert_eq!(a.meets(b), b.meets(a));
        prop_assert_eq!(a.meets(b), !a.entirely_below(b) && !a.entirely_above(b));
        prop_assert!(!(a.entirely_below(b) && a.entirely_above(b)));
        prop_assert_eq!(a.meets(b), a.intersection(b).is_some());
        if a.entirely_below(b) {
            prop_assert!(x < y);
        }
        if let Some(both) = a.intersection(b) {
            prop_assert!(a.covers(both) && b.covers(both));
        }
        if a.covers(b) {
            prop_assert!(a.contains(y));
        }
    }

    #[test]
    fn addition_is_exact((a, x) in inhabited(), (b, y) in inhabited()) {
        prop_assert_eq!(a + b, b + a);
        prop_assert_eq!(a * b, b * a);
        prop_assert_eq!(-(-a), a);
        prop_assert_eq!((Interval::exact(x) + Interval::exact(y)).value(), x.checked_add(y));
        prop_assert_eq!((Interval::exact(x) * Interval::exact(y)).value(), x.checked_mul(y));
    }
}

/// A number with commas, in full width, or split at 万.
fn spell(value: u64, style: u8) -> String {
    let plain = value.to_string();
    match style {
        0 => plain,
        1 => {
            let mut grouped = String::new();
            for (at, digit) in plain.chars().enumerate() {
                if at > 0 && (plain.len() - at).is_multiple_of(3) {
                    grouped.push(',');
                }
                grouped.push(digit);
            }
            grouped
        }
        2 => plain.chars().map(|c| char::from_u32(c as u32 - '0' as u32 + '０' as u32).unwrap()).collect(),
        _ if value >= 10_000 => {
            let rest = value % 10_000;
            let rest = if rest == 0 { String::new() } else { rest.to_string() };
            format!("{}万{rest}", value / 10_000)
        }
        _ => plain,
    }
}

proptest! {
    #[test]
    fn every_spelling_of_a_number_is_the_same_number(
        value in 0u64..100_000_000, style in 0u8..4,
        before in prop::sample::select(vec!["", "約", "概ね", "延べ", "実", "年", "年間", "月", "計"]),
        unit in prop::sample::select(vec!["", "人", "名", "件", "か所", "世帯", "回"]),
        after in prop::sample::select(vec!["", "程度", "以上", "未満", "前後", "以下"]),
        space in prop::sample::select(vec!["", " ", "\u{3000}"]),
    ) {
        let text = format!("{before}{space}{}{space}{unit}{after}", spell(value, style));
        let read = Quantity::parse(&text).unwrap();
        prop_assert_eq!(read.value(), Rational::integer(value.try_into().unwrap()));
        prop_assert_eq!(read.printed(), text.as_str());
        let normal = if unit == "名" { "人" } else { unit };
        prop_assert_eq!(read.unit().unwrap_or_default(), normal);
        let form = match after {
            "以上" => Form::AtLeast,
            "以下" => Form::AtMost,
            "未満" => Form::LessThan,
            "程度" | "前後" => Form::About,
            _ if before == "約" || before == "概ね" => Form::About,
            _ => Form::Exact,
        };
        prop_assert_eq!(read.form(), form);
        prop_assert_eq!(read.digits().full_width, style == 2);
    }

    #[test]
    fn ranges_keep_their_ends(low in 0u64..5000, more in 1u64..5000, mark in prop::sample::select(vec!["〜", "～", "-", "から", "－"])) {
        let text = format!("{low}{mark}{}人", low + more);
        let read = Quantity::parse(&text).unwrap();
        prop_assert_eq!(read.form(), Form::Range);
        let interval = read.interval();
        prop_assert!(interval.contains(Rational::integer(low.try_into().unwrap())));
        prop_assert_eq!(interval.width(), Some(Rational::integer(more.try_into().unwrap())));
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,24}") {
        let _ = Quantity::parse(&text);
    }

    #[test]
    fn nor_one_made_of_its_own_words(
        words in prop::collection::vec(prop::sample::select(vec![
            "約", "年", "月", "延べ", "実", "△", "-", "〜", "から", "1", "23", "４", ",", "，", ".", " ", "万", "億", "千", "百",
            "人", "名", "%", "割", "分", "弱", "以上", "未満", "程度", "/年", "（", "）", "#REF!", "円", "9999999999999999999",
        ]), 0..9),
    ) {
        let text = words.concat();
        if let Ok(read) = Quantity::parse(&text) {
            prop_assert!(read.value() <= read.upper_value());
            prop_assert!(read.is_bound() || read.interval().contains(read.value()));
        }
    }
}

/// Shares of counts under a policy, by a second, plain implementation.
fn shares(counts: &[u32], policy: Policy, decimals: u8) -> Vec<Rational> {
    let total: u64 = counts.iter().map(|&n| u64::from(n)).sum();
    let scale = 100 * 10u64.pow(decimals.into());
    let floor = |n: u32| u64::from(n) * scale / total;
    let rest = |n: u32| u64::from(n) * scale % total;
    let mut units: Vec<u64> = counts.iter().map(|&n| floor(n)).collect();
    match policy {
        Policy::Truncate => {}
        Policy::HalfUp => {
            for (unit, &n) in units.iter_mut().zip(counts) {
                *unit += u64::from(rest(n) * 2 >= total);
            }
        }
        Policy::HalfEven => {
            for (unit, &n) in units.iter_mut().zip(counts) {
                let up = rest(n) * 2 > total || rest(n) * 2 == total && *unit % 2 == 1;
                *unit += u64::from(up);
            }
        }
        Policy::To100 => {
            let mut order: Vec<usize> = (0..counts.len()).collect();
            order.sort_by_key(|&at| std::cmp::Reverse(rest(counts[at])));
            let lacking = scale - units.iter().sum::<u64>();
            for &at in order.iter().take(lacking.try_into().unwrap()) {
                units[at] += 1;
            }
        }
    }
    units.iter().map(|&unit| Rational::from_decimal(unit.into(), decimals).unwrap()).collect()
}

fn row(counts: &[u32], printed: &[Rational], decimals: u8) -> Vec<ShareCell> {
    let cell = |(&count, &value): (&u32, &Rational)| ShareCell {
        count: Rational::integer(count.into()),
        share: Some(Share { value, decimals }),
        part: true,
    };
    counts.iter().zip(printed).map(cell).collect()
}

fn policies() -> impl Strategy<Value = Policy> {
    prop::sample::select(Policy::ALL.to_vec())
}

proptest! {
    #[test]
    fn a_row_rounded_by_any_policy_is_accepted(
        counts in prop::collection::vec(0u32..500, 1..12), policy in policies(), decimals in 0u8..4,
    ) {
        prop_assume!(counts.iter().any(|&n| n > 0));
        let total = Rational::integer(counts.iter().map(|&n| i64::from(n)).sum());
        let cells = row(&counts, &shares(&counts, policy, decimals), decimals);
        match check_shares(&cells, total, PolicySet::ALL) {
            ShareVerdict::Fits { policies } => prop_assert!(policies.contains(policy)),
            other => prop_assert!(false, "{:?}", other),
        }
    }

    #[test]
    fn a_share_that_fits_no_policy_is_named(
        counts in prop::collection::vec(1u32..500, 2..12), policy in policies(),
        at in any::<prop::sample::Index>(), off in 3i128..40,
    ) {
        let decimals = 1;
        let total = Rational::integer(counts.iter().map(|&n| i64::from(n)).sum());
        let mut printed = shares(&counts, policy, decimals);
        let at = at.index(counts.len());
        printed[at] = printed[at].checked_add(Rational::from_decimal(off, decimals).unwrap()).unwrap();
        let cells = row(&counts, &printed, decimals);
        match check_shares(&cells, total, PolicySet::ALL) {
            ShareVerdict::Wrong { cells, policies } => {
                prop_assert_eq!(cells.len(), 1);
                prop_assert_eq!(cells[0].cell, at);
                prop_assert!(policies.contains(policy));
            }
            other => prop_assert!(false, "{:?}", other),
        }
    }
}

/// A grid with totals both ways; the last row and the last column hold them.
fn grid(counts: &[Vec<i64>]) -> (Vec<Vec<i64>>, Vec<Equation>) {
    let mut rows: Vec<Vec<i64>> = counts.to_vec();
    let width = rows[0].len();
    rows.push((0..width).map(|column| counts.iter().map(|row| row[column]).sum()).collect());
    for row in &mut rows {
        row.push(row.iter().sum());
    }
    let (height, width) = (rows.len(), width + 1);
    let at = |row: usize, column: usize| row * width + column;
    let across =
        (0..height).map(|row| Equation { total: at(row, width - 1), parts: (0..width - 1).map(|column| at(row, column)).collect() });
    let down =
        (0..width).map(|column| Equation { total: at(height - 1, column), parts: (0..height - 1).map(|row| at(row, column)).collect() });
    (rows, across.chain(down).collect())
}

fn whole(rows: &[Vec<i64>]) -> Vec<Option<Figure>> {
    rows.iter().flatten().map(|&n| Some(Figure::whole(n))).collect()
}

fn counts() -> impl Strategy<Value = Vec<Vec<i64>>> {
    (2usize..7, 2usize..7).prop_flat_map(|(height, width)| prop::collection::vec(prop::collection::vec(0i64..300, width), height))
}

proptest! {
    #[test]
    fn a_right_table_yields_no_finding(
        counts in counts(), gone in prop::collection::vec(any::<prop::sample::Index>(), 0..5),
    ) {
        let (rows, equations) = grid(&counts);
        let mut cells = whole(&rows);
        for gone in gone {
            let at = gone.index(cells.len());
            cells[at] = None;
        }
        let verdict = check_table(&cells, &equations);
        prop_assert_eq!(&verdict.faults, &[]);
        prop_assert_eq!(verdict.evaluated + verdict.gaps.len(), equations.len());
    }

    #[test]
    fn a_right_table_of_rounded_figures_yields_no_finding(
        counts in prop::collection::vec(prop::collection::vec(small_rational(), 3), 3),
        rounding in prop::sample::select(vec![Rounding::HalfUp, Rounding::HalfEven]),
        decimals in 1u8..4,
    ) {
        // The totals are rounded after adding, as statistics are.
        let add = |values: Vec<Rational>| {
            values.into_iter().try_fold(Rational::ZERO, Rational::checked_add).unwrap()
        };
        let mut rows = counts.clone();
        rows.push((0..3).map(|column| add(counts.iter().map(|row| row[column]).collect())).collect());
        for row in &mut rows {
            row.push(add(row.clone()));
        }
        let figure = |value: &Rational| {
            Some(Figure::decimal(value.round(decimals, rounding).unwrap(), decimals))
        };
        let cells: Vec<_> = rows.iter().flatten().map(figure).collect();
        let (_, equations) = grid(&vec![vec![0; 3]; 3]);
        prop_assert_eq!(check_table(&cells, &equations).faults, []);
    }

    #[test]
    fn one_changed_cell_is_found_and_named(
        counts in counts(), at in any::<prop::sample::Index>(), by in 1i64..500, down in any::<bool>(),
    ) {
        let (rows, equations) = grid(&counts);
        let mut cells = whole(&rows);
        let at = at.index(cells.len());
        let value = cells[at].unwrap().value;
        let printed = i64::try_from(value.numerator()).unwrap();
        let changed = if down && by <= printed { printed - by } else { printed + by };
        cells[at] = Some(Figure::whole(changed));
        let verdict = check_table(&cells, &equations);
        prop_assert_eq!(verdict.faults.len(), 1);
        match &verdict.faults[0].culprits {
            Culprits::Found(repairs) => {
                prop_assert_eq!(repairs.len(), 1);
                prop_assert_eq!((repairs[0].cell, repairs[0].value), (at, Some(value)));
            }
            other => prop_assert!(false, "{:?}", other),
        }
    }

    #[test]
    fn one_changed_cell_among_missing_ones_is_never_blamed_on_another(
        counts in counts(), at in any::<prop::sample::Index>(), by in 1i64..500,
        gone in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
        one_way in any::<bool>(),
    ) {
        let (rows, mut equations) = grid(&counts);
        let mut cells = whole(&rows);
        if one_way {
            equations.truncate(rows.len());
        }
        let at = at.index(cells.len());
        for gone in gone {
            let gone = gone.index(cells.len());
            if gone != at {
                cells[gone] = None;
            }
        }
        let value = cells[at].unwrap().value;
        cells[at] = Some(Figure::whole(i64::try_from(value.numerator()).unwrap() + by));
        let verdict = check_table(&cells, &equations);
        for fault in &verdict.faults {
            match &fault.culprits {
                Culprits::Found(repairs) => {
                    prop_assert_eq!(repairs.len(), 1);
                    prop_assert_eq!(repairs[0].cell, at);
                    prop_assert!(repairs[0].needed.contains(value));
                }
                Culprits::Ambiguous { sets, .. } => {
                    prop_assert!(sets.iter().any(|set| set.len() == 1 && set[0].cell == at));
                }
                Culprits::Unknown => prop_assert!(false, "one cell explains it"),
            }
        }
        prop_assert!(verdict.faults.len() <= 1);
    }

    #[test]
    fn two_changed_cells_are_among_the_sets(
        counts in counts(), one in any::<prop::sample::Index>(), other in any::<prop::sample::Index>(),
        by in 1i64..90, more in 1i64..90,
    ) {
        let (rows, equations) = grid(&counts);
        let mut cells = whole(&rows);
        let (one, other) = (one.index(cells.len()), other.index(cells.len()));
        prop_assume!(one != other);
        let right = [one.min(other), one.max(other)].map(|at| (at, cells[at].unwrap().value));
        for (at, by) in [(one, by), (other, more)] {
            let value = i64::try_from(cells[at].unwrap().value.numerator()).unwrap();
            cells[at] = Some(Figure::whole(value + by));
        }
        let verdict = check_table(&cells, &equations);
        prop_assert!(!verdict.faults.is_empty());
        // One cell may happen to explain both, or one each; otherwise the two are among the sets.
        let same = |set: &[planlint::arithmetic::Repair]| {
            set.len() == 2 && set.iter().zip(right).all(|(r, (at, value))| r.cell == at && r.needed.contains(value))
        };
        let sizes = |set: &[planlint::arithmetic::Repair]| set.len() < 2;
        let found = verdict.faults.iter().any(|fault| match &fault.culprits {
            Culprits::Found(set) => same(set) || sizes(set),
            Culprits::Ambiguous { sets, .. } => sets.iter().any(|set| same(set) || sizes(set)),
            Culprits::Unknown => false,
        });
        prop_assert!(found, "{:?} {:?}", right, verdict);
    }

    #[test]
    fn a_right_total_holds_and_a_wrong_one_does_not(
        added in prop::collection::vec(0i64..1000, 1..9), within in prop::collection::vec(0i64..50, 0..4),
        off in -30i64..30,
    ) {
        let total: i64 = added.iter().sum();
        let parts: Vec<Part> = added.iter().map(|&n| Part::added(Some(Figure::whole(n))))
            .chain(within.iter().map(|&n| Part::within(Some(Figure::whole(n))))).collect();
        let verdict = check_total(&Figure::whole(total + off), &parts, &[]);
        if off == 0 {
            prop_assert_eq!(verdict, SumVerdict::Holds);
        } else {
            let difference = match verdict {
                SumVerdict::Wrong { difference, .. } => difference,
                other => return Err(TestCaseError::fail(format!("{other:?}"))),
            };
            prop_assert_eq!(difference, Rational::integer(off));
        }
    }

    #[test]
    fn a_rate_holds_as_rounded_and_fails_a_unit_away(
        numerator in 0i64..5000, denominator in 1i64..5000, decimals in 0u8..4,
        rounding in prop::sample::select(vec![Rounding::HalfUp, Rounding::HalfEven]), off in 2i128..50,
    ) {
        let exact = |n| Interval::exact(Rational::integer(n));
        let rate = Rational::new((numerator * 100).into(), denominator.into()).unwrap();
        let printed = rate.round(decimals, rounding).unwrap();
        let check = |value: Rational| {
            let text = format!("{value:.*}", usize::from(decimals));
            let printed = Quantity::parse(&text).unwrap();
            check_quotient(exact(numerator), exact(denominator), Rational::HUNDRED, &printed, Rational::ZERO)
        };
        prop_assert_eq!(check(printed), RateVerdict::Holds);
        let away = printed.checked_add(Rational::from_decimal(off, decimals).unwrap()).unwrap();
        let is_wrong = matches!(check(away), RateVerdict::Wrong { .. });
        prop_assert!(is_wrong);
    }

    #[test]
    fn attainment_is_the_fraction_it_shows(target in 1u32..100_000, actual in 0u32..100_000) {
        let (target_text, actual_text) = (target.to_string(), actual.to_string());
        let target_read = Quantity::parse(&target_text).unwrap();
        let actual_read = Quantity::parse(&actual_text).unwrap();
        let tenth = Rational::step(1).unwrap();
        let Attainment::Ratio(ratio) = attainment(&target_read, &actual_read, Better::Higher, tenth) else {
            return Err(TestCaseError::fail("no ratio"));
        };
        prop_assert_eq!(ratio.value.checked_mul(ratio.denominator), Some(ratio.numerator));
        prop_assert!(ratio.capped() <= Rational::ONE);
        let shown = format!("（{actual}/{target}）");
        prop_assert!(ratio.to_string().ends_with(&shown));
        let lower = attainment(&target_read, &actual_read, Better::Lower, tenth);
        prop_assert_eq!(lower == Attainment::Met, actual <= target);
    }
}
