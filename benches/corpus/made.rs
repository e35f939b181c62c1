//! Made plans that look like real ones: a seed gives a plan with its reports, without a fault.
//!
//! Nothing here is read from a real plan. Names and sentences are put together from lists; figures
//! follow from one another, so that every total, rating and carried-over target is right.

#![allow(dead_code)]

use std::fmt::Write as _;

/// Numbers that follow from a seed (SplitMix64).
#[derive(Clone)]
pub struct Dice(u64);

impl Dice {
    /// Dice for a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `least` to `most`, both included.
    pub fn roll(&mut self, least: u64, most: u64) -> u64 {
        least + self.next() % (most - least + 1)
    }

    /// One of a list.
    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.roll(0, list.len() as u64 - 1) as usize]
    }
}

/// How large a made plan is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// How many measures; with `long_tail`, on average.
    pub measures: u64,
    /// Whether a few plans are much larger.
    pub long_tail: bool,
    /// The first fiscal year that is reported on.
    pub first: i16,
    /// How many years are reported on.
    pub years: i16,
}

/// A made file.
pub struct File {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
}

const PLACES: &[&str] = &["北", "南", "東", "西", "中央", "上", "下", "新", "大", "小", "本", "奥"];
const ENDS: &[&str] = &["川", "山", "原", "島", "浜", "里", "沢", "崎", "津", "野", "森", "谷"];
const SUBJECTS: &[&str] = &[
    "健康",
    "子育て",
    "介護予防",
    "食生活",
    "運動習慣",
    "見守り",
    "居場所",
    "就労",
    "学習",
    "多文化",
    "防災",
    "環境",
    "地域交流",
    "口腔",
    "睡眠",
    "移動",
    "住まい",
    "権利擁護",
    "家計",
    "読書",
];
const KINDS: &[&str] = &["相談窓口", "講座", "教室", "研修", "訪問", "体験会", "支援", "巡回", "広報", "調査", "連携会議", "表彰"];
const FOR_WHOM: &[&str] = &["市民", "子育て中の家庭", "高齢の方", "働く世代", "小中学生", "市内の事業所", "地域の団体", "支援にあたる職員"];
const PARTS: &[&str] = &["健康", "福祉", "教育", "市民", "環境", "産業", "都市", "総務", "子育て", "長寿"];

/// A plan with its reports: `plan.yaml` and a file a year.
pub fn plan(seed: u64, size: Size) -> Vec<File> {
    let mut dice = Dice::new(seed);
    let measures = if size.long_tail {
        match dice.roll(0, 99) {
            0..=4 => dice.roll(150, 300),
            5..=24 => dice.roll(70, 150),
            _ => dice.roll(20, 70),
        }
    } else {
        size.measures
    };
    let city = City::new(seed, measures, &mut dice);
    let mut files = vec![File { name: "plan.yaml".to_owned(), text: city.plan(size) }];
    let mut figures: Vec<Vec<u64>> = Vec::new();
    for year in size.first..size.first + size.years {
        let (text, next) = city.report(year, &figures, &mut dice);
        files.push(File { name: format!("{year}.yaml"), text });
        figures = next;
    }
    files
}

struct City {
    id: String,
    name: String,
    code: String,
    measures: Vec<Measure>,
}

struct Measure {
    title: String,
    subject: &'static str,
    kind: &'static str,
    audience: &'static str,
    department: usize,
    policy: usize,
    /// How many people came in the first year.
    base: u64,
    /// Whether the people are two groups and a total.
    grouped: bool,
    sessions: u64,
    cost: u64,
    /// The share of people under 65, and of those who came for the first time, in percent.
    young: u64,
    newcomers: u64,
}

const POLICIES: u64 = 5;

impl City {
    fn new(seed: u64, measures: u64, dice: &mut Dice) -> Self {
        let name = format!("{}{}市", dice.pick(PLACES), dice.pick(ENDS));
        let measures = (0..measures)
            .map(|number| {
                let subject = dice.pick(SUBJECTS);
                let kind = dice.pick(KINDS);
                Measure {
                    title: format!("{subject}{kind}（{}）", serial(number)),
                    subject,
                    kind,
                    audience: dice.pick(FOR_WHOM),
                    department: dice.roll(0, PARTS.len() as u64 - 1) as usize,
                    policy: (number * POLICIES / measures.max(1)) as usize,
                    base: dice.roll(40, 2400),
                    grouped: dice.roll(0, 3) == 0,
                    sessions: dice.roll(2, 48),
                    cost: dice.roll(20, 9000) * 1000 + number,
                    young: dice.roll(20, 70),
                    newcomers: dice.roll(5, 30),
                }
            })
            .collect();
        Self { id: format!("made-{seed}"), name, code: code(seed), measures }
    }

    fn plan(&self, size: Size) -> String {
        let mut out = format!(
            "# {}の計画（試験のために作ったもの）\nkind: plan\nid: {}\ntitle: {}くらしと健康の計画\nmunicipality: {{ code: \"{}\", name: {} }}\nyears: {{ first: {}, last: {} }}\nexpects: [results, targets, actuals, ratings, reasons, effects, directions, costs, next]\n\nratings:\n  - {{ grade: A, label: 順調, attainment: {{ at_least: 0.95 }} }}\n  - {{ grade: B, label: やや順調, attainment: {{ at_least: 0.8 }} }}\n  - {{ grade: C, label: やや遅れている, attainment: {{ at_least: 0.6 }} }}\n  - {{ grade: D, label: 遅れている }}\ndirections: [継続, 拡充, 縮小, 終了]\n\ndepartments:\n",
            self.name,
            self.id,
            self.name,
            self.code,
            self.name,
            size.first,
            size.first + size.years.max(6)
        );
        for (index, part) in PARTS.iter().enumerate() {
            if self.measures.iter().any(|measure| measure.department == index) {
                let _ = writeln!(out, "  - {{ id: part-{index}, name: {part}課 }}");
            }
        }
        out.push_str("\npolicies:\n");
        for (index, part) in ["知る", "つながる", "支える", "備える", "育てる"].iter().enumerate() {
            let _ = writeln!(
                out,
                "  - {{ id: policy-{index}, title: {part}ための取組, tier: {} }}",
                if index == 0 { "priority" } else { "basic" }
            );
        }
        out.push_str("\nmeasures:\n");
        for (number, measure) in self.measures.iter().enumerate() {
            let _ = write!(
                out,
                "  - id: \"{}\"\n    title: {}\n    policy: policy-{}\n    departments: [part-{}]\n    audience: {}\n    summary: {}に向けて{}の{}を行い、{}の暮らしを身近なところで支える。\n    counts:\n      - {{ id: sessions, title: {}の実施回数, unit: 回 }}\n",
                number + 1,
                measure.title,
                measure.policy,
                measure.department,
                measure.audience,
                measure.audience,
                measure.subject,
                measure.kind,
                serial(number as u64),
                measure.kind
            );
            if measure.grouped {
                out.push_str("      - { id: people, title: 参加者の計, unit: 人, tally: gross, sum_of: [young, old] }\n      - { id: young, title: 65歳未満の参加者, unit: 人, tally: gross }\n      - { id: old, title: 65歳以上の参加者, unit: 人, tally: gross }\n      - { id: first-time, title: うち初めての参加者, unit: 人, tally: gross, within: people }\n");
            } else {
                out.push_str("      - { id: people, title: 参加者, unit: 人, tally: gross }\n");
            }
            out.push('\n');
        }
        out
    }

    /// The report of a year, and the people of each measure for the next one.
    fn report(&self, year: i16, before: &[Vec<u64>], dice: &mut Dice) -> (String, Vec<Vec<u64>>) {
        let mut out = format!(
            "# {}の年次報告（試験のために作ったもの）\nkind: report\nplan: {}\nyear: {year}\nas_of: {}-03-31\nstatus: final\n\nentries:\n",
            self.name,
            self.id,
            year + 1
        );
        let mut next = Vec::new();
        for (number, measure) in self.measures.iter().enumerate() {
            let target = before.get(number).map_or(measure.base, |figures| figures[0]);
            let share = dice.roll(0, 99);
            // In hundredths: most reach what was planned.
            let reached = if share < 70 {
                dice.roll(96, 108)
            } else if share < 90 {
                dice.roll(82, 94)
            } else {
                dice.roll(62, 79)
            };
            let actual = (target * reached).div_ceil(100);
            let (grade, word) = match actual * 100 {
                whole if whole >= target * 95 => ("A", "ほぼ見込んだとおり"),
                whole if whole >= target * 80 => ("B", "見込みにやや届かない"),
                _ => ("C", "見込みを大きく下回る"),
            };
            let serial = serial(number as u64);
            let tail = dice.roll(11, 99);
            let _ = write!(
                out,
                "  - measure: \"{}\"\n    result: {year}年度は{}の{}（{serial}）を年間{}回行い、延べ{actual}人が参加した。周知は広報紙と回覧で行い、問い合わせは{tail}件あった。\n    counts:\n      sessions: {{ target: {}, actual: {} }}\n",
                number + 1,
                measure.subject,
                measure.kind,
                measure.sessions,
                measure.sessions,
                measure.sessions
            );
            let carried = if before.is_empty() { String::new() } else { format!(", carried_over: {}", year - 1) };
            let _ = writeln!(out, "      people: {{ target: {target}{carried}, actual: {actual} }}");
            if measure.grouped {
                let young = actual * measure.young / 100;
                let first = actual * measure.newcomers / 100;
                let _ = writeln!(
                    out,
                    "      young: {{ actual: {young} }}\n      old: {{ actual: {} }}\n      first-time: {{ actual: {first} }}",
                    actual - young
                );
            }
            let _ = write!(
                out,
                "    rating: {grade}\n    reason: {year}年度の{serial}の{}は予定した回数を行い、参加者は{word}{actual}人だった。\n    effect: {year}年度は{}の{serial}の参加者から、身近に相談できる人が増えたという声が{}件寄せられた。\n    direction: 継続\n    cost: {}\n    next:\n      plan: {}年度も{serial}の{}を同じ回数行う。会場を{}か所に分け、参加しやすい時間帯を選ぶ。\n      counts:\n        sessions: {{ target: {} }}\n        people: {{ target: {actual}, carried_over: {year} }}\n\n",
                measure.kind,
                measure.audience,
                dice.roll(3, 60),
                measure.cost + (year as u64) * 7 + number as u64,
                year + 1,
                measure.kind,
                dice.roll(2, 7),
                measure.sessions
            );
            next.push(vec![actual]);
        }
        self.table(&mut out, year);
        (out, next)
    }

    fn table(&self, out: &mut String, year: i16) {
        out.push_str("tables:\n  - id: ages\n    title: 年代別の参加者\n    unit: 人\n    source: { statistic: survey }\n    shares: { of: total, decimals: 1 }\n    columns:\n      - { id: total, title: 計, sum_of: [young, middle, old] }\n      - { id: young, title: 39歳以下 }\n      - { id: middle, title: 40歳から64歳 }\n      - { id: old, title: 65歳以上 }\n    rows:\n");
        for back in (0..3).rev() {
            // A year is the same in every report.
            let mut dice = Dice::new(self.measures.len() as u64 * 10_000 + (year - back) as u64);
            let parts = [dice.roll(200, 900), dice.roll(200, 900), dice.roll(200, 900)];
            let total: u64 = parts.iter().sum();
            let share = |part: u64| {
                let tenths = (part * 2000 + total) / (total * 2);
                format!("{}.{}", tenths / 10, tenths % 10)
            };
            let year = year - back;
            let _ = writeln!(
                out,
                "      - {{ id: y{year}, title: {year}年度, year: {year}, cells: {{ total: {total}, young: [{}, {}], middle: [{}, {}], old: [{}, {}] }} }}",
                parts[0],
                share(parts[0]),
                parts[1],
                share(parts[1]),
                parts[2],
                share(parts[2])
            );
        }
    }
}

/// A name of two characters that is another for each number.
fn serial(number: u64) -> String {
    const FIRST: &[&str] = &[
        "あおば",
        "いずみ",
        "うみべ",
        "えのき",
        "おうか",
        "かえで",
        "きりん",
        "くすのき",
        "けやき",
        "こだま",
        "さくら",
        "しおさい",
        "すばる",
        "せせらぎ",
        "そよかぜ",
        "たちばな",
        "つばめ",
        "てんとう",
        "とびうお",
        "なのはな",
    ];
    let count = FIRST.len() as u64;
    let (lead, rest) = (FIRST[(number % count) as usize], number / count);
    if rest == 0 { format!("{lead}会") } else { format!("{lead}第{}会", rest + 1) }
}

/// A code of a municipality with a right check digit.
fn code(seed: u64) -> String {
    let five = format!("{:02}{:03}", seed % 47 + 1, 200 + seed / 47 % 700);
    let sum: u32 = five.bytes().zip([6, 5, 4, 3, 2]).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let check = if sum < 11 { 11 - sum } else { 11 - sum % 11 } % 10;
    format!("{five}{check}")
}
