use super::*;
use jiff::civil::date;
use proptest::prelude::*;

proptest! {
    #[test]
    fn no_beginning_is_passed_over(text in "[令和平成昭大明治㋿㍻㍾RHSTM0-9ＲＨ０-９年月日あ漢aé😀]{0,12}") {
        let bytes = text.as_bytes();
        for (at, _) in text.char_indices() {
            let begins = read::digit(bytes, at).is_some() || prose_read::letter_era(bytes, at) || prose_read::named_era(bytes, at);
            prop_assert!(!begins || next_candidate(bytes, at) == at);
        }
    }
}

/// Found dates as text: what is written, kind, and the day, month or year it stands for.
fn found(text: &str) -> Vec<String> {
    find_dates(text)
        .map(|found| {
            let part = match found.part {
                DatePart::Single => "",
                DatePart::First => "first ",
                DatePart::Last => "last ",
            };
            let show = |number: Option<u8>| number.map_or("-".into(), |n| n.to_string());
            format!(
                "{part}{:?} {} = {}/{}/{}",
                found.kind,
                &text[found.range.clone()],
                found.year.map_or("-".into(), |year| year.to_string()),
                show(found.month),
                show(found.day),
            )
        })
        .collect()
}

#[track_caller]
fn expect(text: &str, dates: &[&str]) {
    assert_eq!(found(text), dates, "{text}");
}

#[test]
fn days() {
    expect("令和6年10月25日に開催した。", &["Day 令和6年10月25日 = 2024/10/25"]);
    expect("令和６年１０月２５日（金）に", &["Day 令和６年１０月２５日（金） = 2024/10/25"]);
    expect("会議は2024年10月25日(金)。", &["Day 2024年10月25日(金) = 2024/10/25"]);
    expect("会議は10月25日金曜日。", &["DayWithoutYear 10月25日金曜日 = -/10/25"]);
    expect("（2025-03-31現在）", &["Day 2025-03-31 = 2025/3/31"]);
    expect("2025/3/31(月)、2025.3.31", &["Day 2025/3/31(月) = 2025/3/31", "Day 2025.3.31 = 2025/3/31"]);
    expect("R7.3.31現在", &["Day R7.3.31 = 2025/3/31"]);
    expect("Ｒ７．３．３１現在", &["Day Ｒ７．３．３１ = 2025/3/31"]);
    expect("10/25(金)に", &["DayWithoutYear 10/25(金) = -/10/25"]);
    expect("令和元年5月1日から施行", &["Day 令和元年5月1日 = 2019/5/1"]);
    expect("令和七年三月三十一日付", &["Day 令和七年三月三十一日 = 2025/3/31"]);
    expect("令和 7年 3月 31日", &["Day 令和 7年 3月 31日 = 2025/3/31"]);
    expect("2月30日と令和7年2月29日", &["DayWithoutYear 2月30日 = -/2/30", "Day 令和7年2月29日 = 2025/2/29"]);
}

#[test]
fn months_and_years() {
    expect("(3/31時点)", &["DayWithoutYear 3/31 = -/3/31"]);
    expect("令和8年2月に、10月は", &["Month 令和8年2月 = 2026/2/-", "MonthWithoutYear 10月 = -/10/-"]);
    expect("9月末時点で", &["MonthEndWithoutYear 9月末 = -/9/-"]);
    expect("令和6年9月末日", &["MonthEnd 令和6年9月末日 = 2024/9/-"]);
    expect(
        "令和6年度は2023年度より、H30年度末",
        &["FiscalYear 令和6年度 = 2024/-/-", "FiscalYear 2023年度 = 2023/-/-", "FiscalYearEnd H30年度末 = 2018/-/-"],
    );
    expect("令和6年は2023年に", &["Year 令和6年 = 2024/-/-", "Year 2023年 = 2023/-/-"]);
    expect(
        "令和6年度10月、令和6年度の2月25日",
        &["FiscalYear 令和6年度 = 2024/-/-", "Month 10月 = 2024/10/-", "FiscalYear 令和6年度 = 2024/-/-", "Day 2月25日 = 2025/2/25"],
    );
    expect("今年度10月", &["MonthWithoutYear 10月 = -/10/-"]);
}

#[test]
fn periods() {
    expect("9月6～8日", &["first DayWithoutYear 9月6 = -/9/6", "last DayWithoutYear 8日 = -/9/8"]);
    expect("11月1日から3日まで", &["first DayWithoutYear 11月1日 = -/11/1", "last DayWithoutYear 3日 = -/11/3"]);
    expect("令和6年9月6日（金）〜8日（日）", &["first Day 令和6年9月6日（金） = 2024/9/6", "last Day 8日（日） = 2024/9/8"]);
    expect("9月6(金)～8日(日)", &["first DayWithoutYear 9月6(金) = -/9/6", "last DayWithoutYear 8日(日) = -/9/8"]);
    expect("令和6年12月20日～1月10日", &["first Day 令和6年12月20日 = 2024/12/20", "last Day 1月10日 = 2025/1/10"]);
    expect("令和5年4月1日～令和6年3月31日", &["first Day 令和5年4月1日 = 2023/4/1", "last Day 令和6年3月31日 = 2024/3/31"]);
    expect("令和5年4月1日から6年3月31日", &["first Day 令和5年4月1日 = 2023/4/1", "last Day 6年3月31日 = 2024/3/31"]);
    expect(
        "4～6月、令和6年4月～9月",
        &[
            "first MonthWithoutYear 4 = -/4/-",
            "last MonthWithoutYear 6月 = -/6/-",
            "first Month 令和6年4月 = 2024/4/-",
            "last Month 9月 = 2024/9/-",
        ],
    );
    expect("令和6年4月から令和7年3月", &["first Month 令和6年4月 = 2024/4/-", "last Month 令和7年3月 = 2025/3/-"]);
    expect("令和5～9年度", &["first FiscalYear 令和5 = 2023/-/-", "last FiscalYear 9年度 = 2027/-/-"]);
    expect("令和5年度から令和9年度", &["first FiscalYear 令和5年度 = 2023/-/-", "last FiscalYear 令和9年度 = 2027/-/-"]);
    expect("R5～R9年度", &["first FiscalYear R5 = 2023/-/-", "last FiscalYear R9年度 = 2027/-/-"]);
    expect("2023～2027年度", &["first FiscalYear 2023 = 2023/-/-", "last FiscalYear 2027年度 = 2027/-/-"]);
    expect("2023年度～2027年度", &["first FiscalYear 2023年度 = 2023/-/-", "last FiscalYear 2027年度 = 2027/-/-"]);
}

#[test]
fn enumerations() {
    expect(
        "10月6日、13日、20日（日）に",
        &["DayWithoutYear 10月6日 = -/10/6", "DayWithoutYear 13日 = -/10/13", "DayWithoutYear 20日（日） = -/10/20"],
    );
    expect("10月6・7・8日", &["DayWithoutYear 10月6 = -/10/6", "DayWithoutYear 7 = -/10/7", "DayWithoutYear 8日 = -/10/8"]);
    expect("令和5・6年度", &["FiscalYear 令和5 = 2023/-/-", "FiscalYear 6年度 = 2024/-/-"]);
    expect("令和6年6月・9月", &["Month 令和6年6月 = 2024/6/-", "Month 9月 = 2024/9/-"]);
    expect("6月、9月、3月", &["MonthWithoutYear 6月 = -/6/-", "MonthWithoutYear 9月 = -/9/-", "MonthWithoutYear 3月 = -/3/-"]);
    expect("8月2日（水）、11月8日（水）", &["DayWithoutYear 8月2日（水） = -/8/2", "DayWithoutYear 11月8日（水） = -/11/8"]);
}

#[test]
fn no_dates() {
    for text in [
        "1/9ページ",
        "3-4",
        "0463-21-8811",
        "24時間365日",
        "3日間",
        "第3月曜日",
        "3か月",
        "3ヶ月",
        "月1回",
        "毎年9月10日",
        "翌年3月31日",
        "翌3月",
        "3月以内",
        "1歳6月児",
        "5年間",
        "6年生",
        "3年6月",
        "2000年代",
        "12.5",
        "1,331件",
        "16/24",
        "大正3丁目",
        "No.3-4-5",
        "2025-03-31-001",
        "v2.3.4",
        "24月",
        "R6",
        "H30",
        "11月25",
        "",
        "令和",
        "年月日",
        "3日",
        "1月1回",
        "平成",
        "明治2-3-5",
        "SDGs17",
        "S3",
        "前年度の3月",
        "約3月",
    ] {
        expect(text, &[]);
    }
    expect("11月1日から3日間", &["DayWithoutYear 11月1日 = -/11/1"]);
    expect("4月1日、30日以内", &["DayWithoutYear 4月1日 = -/4/1"]);
    expect("9月28日～3日", &["DayWithoutYear 9月28日 = -/9/28"]);
    expect("令和5年、6人", &["Year 令和5年 = 2023/-/-"]);
    expect("令和5年3人", &["Year 令和5年 = 2023/-/-"]);
}

#[test]
fn weekdays_and_days() {
    let text = "令和7年3月31日(水)";
    let found = find_dates(text).next().unwrap();
    assert_eq!(found.weekday, Some(Weekday::Wednesday));
    assert_eq!(&text[found.weekday_range.clone().unwrap()], "水");
    assert_eq!(found.date(), Some(date(2025, 3, 31)));
    let within = FiscalYear::new(2024);
    let days = |text: &str| find_dates(text).next().unwrap().days(within).unwrap();
    assert_eq!(days("2月"), (date(2025, 2, 1), date(2025, 2, 28)));
    assert_eq!(days("9月末"), (date(2024, 9, 30), date(2024, 9, 30)));
    assert_eq!(days("令和5年度"), (date(2023, 4, 1), date(2024, 3, 31)));
    assert_eq!(days("令和5年度末"), (date(2024, 3, 31), date(2024, 3, 31)));
    assert_eq!(days("令和5年"), (date(2023, 1, 1), date(2023, 12, 31)));
    let check = |text: &str| find_dates(text).next().unwrap().check();
    assert!(matches!(check("平成31年6月1日"), Err(DateError::OutsideEra { .. })));
    assert!(matches!(check("令和元年4月"), Err(DateError::OutsideEra { .. })));
    assert!(matches!(check("11月31日"), Err(DateError::Impossible { last_day: Some(30), .. })));
    assert_eq!(check("令和元年5月"), Ok(None));
}

#[test]
fn period_over_a_change_of_era() {
    let text = "平成31年4月1日～5月31日";
    let last = find_dates(text).nth(1).unwrap();
    assert_eq!(last.date(), Some(date(2019, 5, 31)));
}
