use super::*;

/// Found numbers as text: value, unit and what the modifiers say.
fn found(text: &str) -> Vec<String> {
    find_numbers(text)
        .map(|number| {
            let mut words = number.digits().into_owned();
            if let Some(upper) = number.upper_digits() {
                words += &format!("..{upper}");
            }
            words += number.unit_word().unwrap_or("");
            let m = number.modifiers;
            for (on, word) in [(m.about, "about"), (m.within, "within"), (m.total, "total"), (m.each, "each"), (m.base, "base")] {
                if on {
                    words += &format!(" {word}");
                }
            }
            for word in [
                m.tally.map(|tally| format!("{tally:?}")),
                m.bound.map(|bound| format!("{bound:?}")),
                m.period.map(|period| format!("{period:?}")),
                m.change.map(|change| format!("{change:?}")),
                m.sign.map(String::from),
            ]
            .into_iter()
            .flatten()
            {
                words += &format!(" {word}");
            }
            words
        })
        .collect()
}

#[track_caller]
fn expect(text: &str, numbers: &[&str]) {
    assert_eq!(found(text), numbers, "{text}");
}

#[test]
fn values() {
    expect("相談35件、参加１，３３１人、割合12.5％", &["35件", "1331人", "12.5％"]);
    expect(
        "41万8000人と5万人、1.5万件、3千円、158千円、1億2,000万円",
        &["418000人", "50000人", "15000件", "3000円", "158000円", "120000000円"],
    );
    expect("23.0%、0.5倍", &["23.0%", "0.5倍"]);
    expect("3～4回、3回～4回、3-4人", &["3..4回", "3..4回", "3..4人"]);
    expect("1157件と1,331件", &["1157件", "1331件"]);
    expect("利用者数 13,878", &["13878"]);
    expect("44, 822人", &["44822人"]);
}

#[test]
fn modifiers() {
    expect("延べ約1,331人以上が参加", &["1331人 about Gross AtLeast"]);
    expect("実35人、うち乳児5人", &["35人 Distinct", "5人"]);
    expect("35人（うち5人）", &["35人", "5人 within"]);
    expect("年12回、月1回、週3回、毎月1回、年に2回", &["12回 Year", "1回 Month", "3回 Week", "1回 Month", "2回 Year"]);
    expect("隔月1回、2か月に1回、学期に1回", &["1回 Other", "2か月", "1回 Other", "1回 Other"]);
    expect("前年35件、今年3回、令和6年12回、10月に1回", &["35件", "3回", "12回", "1回"]);
    expect("前年度比23％増、5件減", &["23％ Up", "5件 Down"]);
    expect("計35人、合計40人、全12回、統計3件", &["35人 total", "40人 total", "12回 total", "3件"]);
    expect("各3回、1回あたり30人、5人ずつ", &["3回 each", "1回 base", "30人 each", "5人 each"]);
    expect("50人超、30人未満、35人程度、3割弱、40人強", &["50人 Over", "30人 Under", "35人 about", "3割 about", "40人 about"]);
    expect("延べ相談件数：35件、延人数 40人、実人数12人、延長3回", &["35件 Gross", "40人 Gross", "12人 Distinct", "3回"]);
    expect("相談延35件、相談実5人、充実3件、遅延2件", &["35件 Gross", "5人 Distinct", "3件", "2件"]);
    expect("予約5件、契約3件", &["5件", "3件"]);
    expect("▲5件、+3人", &["5件 ▲", "3人 +"]);
    expect("最大30人、少なくとも5回", &["30人 AtMost", "5回 AtLeast"]);
}

#[test]
fn formula() {
    let text = "12回×3人＝36人";
    let numbers: Vec<_> = find_numbers(text).collect();
    let signs: Vec<_> = numbers.windows(2).map(|pair| operator_between(&pair[0], &pair[1])).collect();
    assert_eq!(signs, [Some('×'), Some('=')]);
    expect("660回÷2班×4人＝1,320人", &["660回", "2班", "4人", "1320人"]);
}

#[test]
fn nouns() {
    for (text, noun, link) in [
        ("相談件数：35件", "相談件数", NounLink::Colon),
        ("相談 35件", "相談", NounLink::Space),
        ("電話相談35件", "電話相談", NounLink::Direct),
        ("講座を40回行う", "講座", NounLink::Particle('を')),
        ("相談は延べ35件", "相談", NounLink::Particle('は')),
        ("訪問（35件）", "訪問", NounLink::Bracket),
        ("新成人約3,200人", "新成人", NounLink::Direct),
        ("市内公立学校全16校", "市内公立学校", NounLink::Direct),
        ("利用者：約1,300人", "利用者", NounLink::Colon),
    ] {
        let number = find_numbers(text).next().unwrap();
        assert_eq!((number.noun_word(), number.link), (Some(noun), link), "{text}");
        assert!(number.is_named(noun), "{text}");
    }
    let number = find_numbers("電話相談35件").next().unwrap();
    assert!(!number.is_named("相談"));
    let numbers: Vec<_> = find_numbers("令和6年度は3回実施 46名").map(|number| number.noun_word()).collect();
    assert_eq!(numbers, [None, Some("実施")]);
    let number = find_numbers("こころの相談は35件").next().unwrap();
    assert!(number.is_named("こころの相談"));
    assert_eq!(number.whole_words(), "35件");
}

#[test]
fn nothing() {
    for text in [
        "",
        "令和6年10月25日",
        "10:30",
        "10時30分",
        "１０：３０～",
        "0463-21-8811",
        "0120-279-338",
        "0463(21)8811",
        "第3回",
        "第 3 回",
        "3回目",
        "No.5",
        "1/9ページ",
        "5ページ",
        "3-4",
        "24時間365日",
        "①相談",
        "（1）相談",
        "1. 相談",
        "3丁目2番5号",
        "20代",
        "小学3年生",
        "SDGs17",
        "COVID-19",
        "5G",
        "R6",
        "2024年度",
        "#7119",
        "〒254-8686",
        "1.2.3",
        "H30",
        "別表2",
        "3年",
        "3日",
        "3つ目",
        "毎月22日",
        "3泊4日",
        "1学期",
        "人口10万対",
        "4～6月",
        "9月6～8日",
    ] {
        expect(text, &[]);
    }
}

#[test]
fn groupings() {
    let grouping = |text: &str| find_numbers(text).next().map(|number| number.grouping);
    assert_eq!(grouping("1157件"), Some(Grouping::None));
    assert_eq!(grouping("1,157件"), Some(Grouping::Commas));
    assert_eq!(grouping("44, 822人"), Some(Grouping::Broken));
    assert_eq!(grouping("1331,000人"), Some(Grouping::Broken));
    assert_eq!(grouping("41万8000人"), Some(Grouping::None));
}
