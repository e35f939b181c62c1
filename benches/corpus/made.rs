//! Made plans that look like real ones: a seed gives a plan with its reports, without a fault.
//!
//! Nothing here is read from a real plan. Names and sentences are put together from lists; figures
//! follow from one another, so that every total, share, rating and carried-over target is right.
//! Besides the counts that every measure has, each has one of a few [`Shape`]s, so that what a
//! report may hold stands in every plan of a dozen measures.

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

    /// Whether something of this probability happens.
    pub fn happens(&mut self, probability: f64) -> bool {
        ((self.next() >> 11) as f64) < probability * (1u64 << 53) as f64
    }
}

/// How large a corpus is, and its plans.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// How many plans.
    pub plans: u64,
    /// How many measures; with `long_tail`, about so many on average.
    pub measures: u64,
    /// Whether a few plans are much larger.
    pub long_tail: bool,
    /// The first fiscal year that is reported on.
    pub first: i16,
    /// How many years are reported on.
    pub years: i16,
}

/// A made file.
#[derive(Clone)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// What stands in a text for bytes that are no UTF-8.
pub const NOT_UTF_8: &str = "\u{FFFD}";

impl File {
    /// Its bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.text.len());
        for (index, part) in self.text.split(NOT_UTF_8).enumerate() {
            if index > 0 {
                // あ in Shift_JIS.
                bytes.extend([0x82, 0xA0]);
            }
            bytes.extend(part.as_bytes());
        }
        bytes
    }
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
const PILLARS: &[&str] = &["知る", "つながる", "支える", "備える", "育てる"];
const WEEKDAYS: &[&str] = &["月", "火", "水", "木", "金", "土", "日"];

/// What a measure counts beside its sessions and the people who came.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// People of two ages and a total, and those who came for the first time among them.
    Ages,
    /// How many schools took part, and the share of all schools.
    Schools,
    /// Gross and distinct people.
    Distinct,
    /// A share that is to stay below a bound.
    Bound,
    /// Staff as sessions times three; the cost is shared with the next measure.
    Staff,
    /// The cost is shared with the measure before; phone calls that the next measure states again.
    Calls,
    /// The same phone calls again, and several items of cost.
    SameCalls,
    /// Nothing more; the figure of last year is stated.
    Plain,
    /// No figures at all.
    Words,
}

const SHAPES: &[Shape] = &[
    Shape::Ages,
    Shape::Schools,
    Shape::Distinct,
    Shape::Bound,
    Shape::Staff,
    Shape::Calls,
    Shape::SameCalls,
    Shape::Plain,
    Shape::Words,
    Shape::Plain,
];

struct Measure {
    title: String,
    /// What it is called in sentences.
    serial: String,
    subject: &'static str,
    kind: &'static str,
    audience: &'static str,
    department: usize,
    policy: usize,
    shape: Shape,
    /// How many people came in the first year.
    base: u64,
    sessions: u64,
    cost: u64,
    /// The share of people under 65, and of those who came for the first time, in percent.
    young: u64,
    newcomers: u64,
    /// Whether a figure far from its target is accepted by a comment.
    accepted: bool,
}

struct City {
    id: String,
    name: String,
    code: String,
    seed: u64,
    measures: Vec<Measure>,
}

/// A plan with its reports: `plan.yaml` and a file a year.
pub fn plan(seed: u64, size: Size) -> Vec<File> {
    let mut dice = Dice::new(seed);
    let measures = if size.long_tail { long_tail(size.measures, &mut dice) } else { size.measures };
    // One row shows another again.
    let own = if measures > SHAPES.len() as u64 + 1 { measures - 1 } else { measures };
    let city = City::new(seed, own, &mut dice);
    let mut files = vec![File { name: "plan.yaml".to_owned(), text: city.plan(size) }];
    let mut people: Vec<u64> = city.measures.iter().map(|measure| measure.base).collect();
    for back in 0..size.years {
        let year = Year { number: size.first + back, index: back };
        files.push(File { name: format!("{}.yaml", year.number), text: city.report(year, &mut people, &mut dice) });
    }
    files
}

/// Most plans are smaller than the average, and a few much larger.
fn long_tail(average: u64, dice: &mut Dice) -> u64 {
    match dice.roll(0, 99) {
        0..=4 => dice.roll(average * 23 / 10, average * 46 / 10),
        5..=24 => dice.roll(average * 11 / 10, average * 23 / 10),
        _ => dice.roll(average * 3 / 10, average * 11 / 10),
    }
}

#[derive(Clone, Copy)]
struct Year {
    number: i16,
    /// From 0.
    index: i16,
}

impl Year {
    /// 令和6, of a fiscal year.
    fn era(self) -> String {
        match self.number - 2018 {
            1 => "令和元".to_owned(),
            year if year > 1 => format!("令和{year}"),
            _ => format!("平成{}", self.number - 1988),
        }
    }

    fn next(self) -> Self {
        Self { number: self.number + 1, index: self.index + 1 }
    }

    fn last(self) -> Self {
        Self { number: self.number - 1, index: self.index - 1 }
    }
}

/// The figures of an entry.
struct Figures {
    target: u64,
    actual: u64,
    grade: char,
    word: &'static str,
}

impl Figures {
    fn new(measure: &Measure, target: u64, year: Year, dice: &mut Dice) -> Self {
        let share = dice.roll(0, 99);
        // In hundredths. Every second year what was planned is reached, so that nothing stays behind.
        let reached = match share {
            _ if measure.accepted && year.index == 0 => dice.roll(420, 450),
            _ if measure.accepted || year.index % 2 == 1 => dice.roll(101, 108),
            0..70 => dice.roll(96, 108),
            70..90 => dice.roll(82, 94),
            _ => dice.roll(62, 79),
        };
        let actual = (target * reached).div_ceil(100);
        let (grade, word) = match actual * 100 {
            whole if whole >= target * 95 => ('A', "ほぼ見込んだとおり"),
            whole if whole >= target * 80 => ('B', "見込みにやや届かない"),
            _ => ('C', "見込みを大きく下回る"),
        };
        Self { target, actual, grade, word }
    }
}

impl Measure {
    fn new(number: u64, measures: u64, dice: &mut Dice) -> Self {
        let subject = dice.pick(SUBJECTS);
        let kind = dice.pick(KINDS);
        let serial = serial(number);
        Self {
            title: format!("{subject}{kind}（{serial}）"),
            serial,
            subject,
            kind,
            audience: dice.pick(FOR_WHOM),
            department: dice.roll(0, PARTS.len() as u64 - 1) as usize,
            policy: (number * PILLARS.len() as u64 / measures.max(1)) as usize,
            shape: SHAPES[(number % SHAPES.len() as u64) as usize],
            base: dice.roll(40, 2400),
            sessions: dice.roll(5, 48),
            cost: dice.roll(20, 9000) * 1000 + number,
            young: dice.roll(30, 70),
            newcomers: dice.roll(15, 30),
            accepted: number % 40 == 19,
        }
    }

    fn counts(&self, number: u64, out: &mut String) {
        if self.shape == Shape::Words {
            return;
        }
        out.push_str("    counts:\n");
        let _ = writeln!(out, "      - {{ id: sessions, title: {}の実施回数, unit: 回 }}", self.serial);
        let people = match self.shape {
            Shape::Ages => ", sum_of: [young, old]",
            _ => "",
        };
        let _ = writeln!(out, "      - {{ id: people, title: 参加者延べ人数, unit: 人, tally: gross{people} }}");
        out.push_str(match self.shape {
            Shape::Ages => {
                "      - { id: young, title: 65歳未満の参加者, unit: 人, tally: gross }
      - { id: old, title: 65歳以上の参加者, unit: 人, tally: gross }
      - { id: first-time, title: うち初めての参加者, unit: 人, tally: gross, within: people }
"
            }
            Shape::Schools => {
                "      - { id: share, title: 実施校の割合, unit: \"%\", rate: { of: held, over: schools } }
      - { id: held, title: 実施した学校, unit: 校 }
      - { id: schools, title: 市内の学校, unit: 校 }
"
            }
            Shape::Distinct => "      - { id: members, title: 参加者実人数, unit: 人, tally: distinct }\n",
            Shape::Bound => "      - { id: findings, title: 有所見率, unit: \"%\", better: lower }\n",
            Shape::Staff => "      - { id: staff, title: 従事した職員, unit: 人, tally: gross, product_of: [sessions, 3] }\n",
            Shape::Calls => "      - { id: calls, title: 電話相談, unit: 件 }\n",
            Shape::SameCalls | Shape::Plain | Shape::Words => "",
        });
        if self.shape == Shape::SameCalls {
            let _ = writeln!(out, "      - {{ id: calls, title: 電話相談, unit: 件, same_as: \"{number}/calls\" }}");
        }
    }

    /// The figures of this shape: the numbers behind the first brace of each count.
    fn shape_figures(&self, figures: &Figures, year: Year, out: &mut String) {
        let calls = 100 + self.sessions * 7;
        let _ = match self.shape {
            Shape::Ages => {
                let young = figures.actual * self.young / 100;
                let first = figures.actual * self.newcomers / 100;
                writeln!(
                    out,
                    "      young: {{ actual: {young} }}\n      old: {{ actual: {} }}\n      first-time: {{ actual: {first} }}",
                    figures.actual - young
                )
            }
            Shape::Schools => {
                let (held, schools) = (8 + self.sessions % 9, 20);
                writeln!(
                    out,
                    "      share: {{ target: {}％, actual: {}％ }}\n      held: {{ target: {held}校, actual: {held}校 }}\n      schools: {{ target: {schools}校, actual: {schools}校 }}",
                    held * 5,
                    held * 5
                )
            }
            Shape::Distinct => writeln!(out, "      members: {{ actual: {} }}", figures.actual * 2 / 3),
            Shape::Bound => {
                writeln!(out, "      findings: {{ target: 30％以下, actual: {}.{}％ }}", 24 + self.sessions % 5, self.young % 10)
            }
            Shape::Staff => writeln!(out, "      staff: {{ target: {}, actual: {} }}", self.sessions * 3, self.sessions * 3),
            Shape::Calls => writeln!(out, "      calls: {{ target: {calls}, actual: {} }}", calls + year.number as u64 % 5),
            Shape::SameCalls | Shape::Plain | Shape::Words => Ok(()),
        };
    }
}

impl City {
    fn new(seed: u64, measures: u64, dice: &mut Dice) -> Self {
        let name = format!("{}{}市", dice.pick(PLACES), dice.pick(ENDS));
        let mut measures: Vec<Measure> = (0..measures).map(|number| Measure::new(number, measures, dice)).collect();
        // What is stated again is stated alike, and what is shared has one cost.
        for number in 1..measures.len() {
            let (before, own) = (measures[number - 1].sessions, &mut measures[number]);
            if own.shape == Shape::SameCalls {
                own.sessions = before;
            }
            if own.shape == Shape::Calls {
                let cost = measures[number - 1].cost;
                measures[number].cost = cost;
            }
        }
        Self { id: format!("made-{seed}"), name, code: code(seed), seed, measures }
    }

    /// Whether the first measure is shown again at the end.
    fn repeats(&self) -> bool {
        self.measures.len() > SHAPES.len()
    }

    fn plan(&self, size: Size) -> String {
        let (first, name) = (size.first, &self.name);
        // One plan in three has grades without bands.
        let band = |least: &str| if self.seed.is_multiple_of(3) { String::new() } else { format!(", attainment: {{ at_least: {least} }}") };
        let mut out = format!(
            "# {name}の計画（試験のために作ったもの）
kind: plan
id: {}
title: {name}くらしと健康の計画
municipality: {{ code: \"{}\", name: {name} }}
years: {{ first: {first}, last: {} }}
expects: [results, targets, actuals, ratings, reasons, effects, directions, costs, progress, indicators, next]
numbered: true

ratings:
  - {{ grade: A, label: 順調{} }}
  - {{ grade: B, label: やや順調{} }}
  - {{ grade: C, label: やや遅れている{} }}
  - {{ grade: D, label: 遅れている }}
directions: [継続, 拡充, 縮小, 終了]

departments:
",
            self.id,
            self.code,
            first + size.years.max(6),
            band("0.95"),
            band("0.8"),
            band("0.6")
        );
        for (index, part) in PARTS.iter().enumerate() {
            if self.measures.iter().any(|measure| measure.department == index) {
                let _ = writeln!(out, "  - {{ id: part-{index}, name: {part}課 }}");
            }
        }
        // An office that is gone stands in the first measure.
        let _ = writeln!(out, "  - {{ id: former, name: 旧保健課, last: {}, note: 組織の見直しにより廃止 }}", first - 1);
        out.push_str("\npolicies:\n");
        for (index, part) in PILLARS.iter().enumerate() {
            let tier = if index == 0 { "priority" } else { "basic" };
            let _ = writeln!(out, "  - {{ id: policy-{index}, title: {part}ための取組, tier: {tier} }}");
        }
        let _ = write!(
            out,
            "
indicators:
  - id: known
    title: 相談先を知っている市民の割合
    unit: \"%\"
    better: higher
    source: survey
    baseline: {{ year: {}, value: 40.0 }}
    target: {{ year: {}, value: 60.0 }}
  - id: falls
    title: 転倒した高齢者の割合
    unit: \"%\"
    better: lower
    source: survey
    baseline: {{ year: {}, value: 32.0 }}
    target: {{ year: {}, value: 22.0 }}

measures:
",
            first - 1,
            first + 9,
            first - 1,
            first + 9
        );
        let start = out.len();
        for (number, measure) in self.measures.iter().enumerate() {
            self.measure(number as u64, measure, &mut out);
        }
        // The last row shows the first measure again, under another policy.
        if self.repeats() {
            let again = block(&out[start..]).replacen("id: \"1\"", &format!("id: \"{}\"", self.measures.len() + 1), 1);
            out.push_str(&again.replacen("policy: policy-0", "policy: policy-4\n    repeats: \"1\"", 1));
        }
        // A file ends with its last line.
        out.truncate(out.trim_end().len() + 1);
        out
    }

    fn measure(&self, number: u64, measure: &Measure, out: &mut String) {
        if number % 9 == 4 {
            let _ = writeln!(out, "  # {}課と内容を確かめた", PARTS[measure.department]);
        }
        let former = if number == 0 { ", former" } else { "" };
        let _ = write!(
            out,
            "  - id: \"{}\"
    title: {}
    policy: policy-{}
    departments: [part-{}{former}]
    audience: {}
    summary: {}に向けて{}の{}を行い、{}の暮らしを身近なところで支える。
",
            number + 1,
            measure.title,
            measure.policy,
            measure.department,
            measure.audience,
            measure.audience,
            measure.subject,
            measure.kind,
            measure.serial
        );
        measure.counts(number, out);
        out.push('\n');
    }

    /// The report of a year. `people` is what came of each measure in the year before, and then in this one.
    fn report(&self, year: Year, people: &mut [u64], dice: &mut Dice) -> String {
        let mut out = format!(
            "# {}の年次報告（試験のために作ったもの）
kind: report
plan: {}
year: {}
as_of: {}-03-31
status: final

indicators:
",
            self.name,
            self.id,
            year.number,
            year.number + 1
        );
        let ahead = u64::from(year.index.unsigned_abs()) + 1;
        let _ = write!(
            out,
            "  - {{ indicator: known, target: 60.0, values: [{{ year: {}, value: {}.{} }}] }}
  - {{ indicator: falls, values: [{{ year: {}, value: {}.{} }}] }}

entries:
",
            year.number,
            40 + 2 * ahead,
            self.seed % 10,
            year.number,
            31 - ahead,
            self.seed % 10
        );
        let start = out.len();
        for (number, measure) in self.measures.iter().enumerate() {
            let figures = Figures::new(measure, people[number], year, dice);
            self.entry(number as u64, &figures, year, dice, &mut out);
            people[number] = figures.actual;
        }
        if self.repeats() {
            let again = block(&out[start..]).replacen("measure: \"1\"", &format!("measure: \"{}\"", self.measures.len() + 1), 1);
            out.push_str(&again);
        }
        self.tables(year, &mut out);
        self.meetings(year, &mut out);
        out
    }

    fn entry(&self, number: u64, figures: &Figures, year: Year, dice: &mut Dice, out: &mut String) {
        let measure = &self.measures[number as usize];
        let (era, serial, kind) = (year.era(), &measure.serial, measure.kind);
        if number % 12 == 3 {
            let _ = writeln!(out, "  # {serial}: {}課に照会した数値", PARTS[measure.department]);
        }
        let _ = writeln!(out, "  - measure: \"{}\"\n    progress: done", number + 1);
        let voices = dice.roll(12, 60);
        if measure.shape == Shape::Words {
            let _ = write!(
                out,
                "    result: {era}年度は{}の{kind}（{serial}）の内容を見直し、知らせ方を改めた。問い合わせは{}件あった。
    rating: A
    reason: {era}年度は{serial}の{kind}の見直しを終え、問い合わせのうち{voices}件を担当の課につないだ。
",
                measure.subject,
                voices + dice.roll(10, 40)
            );
        } else {
            self.figures(number, figures, year, dice, out);
        }
        let _ = write!(
            out,
            "    effect: {era}年度は{}の{serial}の参加者から、身近に相談できる人が増えたという声が{voices}件寄せられた。
    direction: 継続
    cost: {}
",
            measure.audience,
            self.cost(number, year),
        );
        if measure.shape != Shape::Words {
            let day = date(year, dice.roll(0, 11), dice.roll(1, 28));
            let _ = writeln!(out, "    events:\n      - {{ date: {day}, title: {serial}の{kind} }}");
        }
        self.next(number, figures, year, dice, out);
        out.push('\n');
    }

    /// The result, the figures, the rating and its reason.
    fn figures(&self, number: u64, figures: &Figures, year: Year, dice: &mut Dice, out: &mut String) {
        let measure = &self.measures[number as usize];
        let Figures { target, actual, grade, word } = figures;
        let (era, serial, sessions) = (year.era(), &measure.serial, measure.sessions);
        let listed =
            if number % 6 == 2 { "①広報紙、②回覧、③ホームページで行い" } else { "広報紙と回覧で行い" };
        let members = if measure.shape == Shape::Distinct {
            format!("参加者実人数は{}人だった。", actual * 2 / 3)
        } else {
            String::new()
        };
        let _ = write!(
            out,
            "    result: {era}年度は{}の{}（{serial}）を年間{sessions}回行い、延べ{actual}人が参加した。{members}周知は{listed}、問い合わせは{}件あった。
    counts:
      sessions: {{ target: {sessions}, actual: {sessions} }}
",
            measure.subject,
            measure.kind,
            dice.roll(11, 99),
        );
        if measure.accepted && year.index == 0 {
            out.push_str("      # planlint: ignore[extreme-attainment] 会場を移したため（推進会議で了承）\n");
        }
        let carried = if year.index == 0 { String::new() } else { format!(", carried_over: {}", year.number - 1) };
        let prior = if measure.shape == Shape::Plain && year.index > 0 { format!(", prior: {target}") } else { String::new() };
        let _ = writeln!(out, "      people: {{ target: {target}{carried}, actual: {actual}{prior} }}");
        measure.shape_figures(figures, year, out);
        if measure.shape == Shape::SameCalls {
            self.measures[number as usize - 1].shape_figures(figures, year, out);
        }
        let _ = write!(
            out,
            "    rating: {grade}
    reason: {era}年度の{serial}の{}は予定した回数を行い、参加者は{word}{actual}人だった。{}
",
            measure.kind,
            sentence(measure, figures, year),
        );
    }

    /// What is planned for the following year.
    fn next(&self, number: u64, figures: &Figures, year: Year, dice: &mut Dice, out: &mut String) {
        let measure = &self.measures[number as usize];
        let sessions = measure.sessions;
        let _ = writeln!(
            out,
            "    next:
      plan: {}年度も{}の{}を同じように行う。会場を{}か所に分け、参加しやすい時間帯を選ぶ。{}",
            year.next().era(),
            measure.serial,
            measure.kind,
            dice.roll(2, 7),
            crew(measure),
        );
        if measure.shape == Shape::Words {
            return;
        }
        out.push_str("      counts:\n");
        let mut target = |name: &str, target: String| {
            let _ = writeln!(out, "        {name}: {{ target: {target} }}");
        };
        target("sessions", sessions.to_string());
        target("people", format!("{}, carried_over: {}", figures.actual, year.number));
        let held = 8 + sessions % 9;
        match measure.shape {
            Shape::Schools => {
                target("share", format!("{}％", held * 5));
                target("held", format!("{held}校"));
                target("schools", "20校".to_owned());
            }
            Shape::Bound => target("findings", "30％以下".to_owned()),
            Shape::Staff => target("staff", (sessions * 3).to_string()),
            Shape::Calls | Shape::SameCalls => target("calls", (100 + sessions * 7).to_string()),
            _ => {}
        }
    }

    /// What the measure cost.
    fn cost(&self, number: u64, year: Year) -> String {
        let measure = &self.measures[number as usize];
        let yen = |measure: &Measure| measure.cost + (year.number as u64) * 7;
        match measure.shape {
            Shape::Staff if number + 1 < self.measures.len() as u64 => {
                format!("{{ amount: {}, shared_with: [\"{}\"] }}", yen(measure), number + 2)
            }
            Shape::Calls if number > 0 => format!("{{ amount: {}, shared_with: [\"{number}\"] }}", yen(measure)),
            Shape::SameCalls => {
                format!(
                    "{{ items: [{{ title: 報償費, amount: {} }}, {{ title: 需用費, amount: {} }}] }}",
                    yen(measure),
                    measure.cost / 7 + number
                )
            }
            _ => (yen(measure) + number).to_string(),
        }
    }

    fn tables(&self, year: Year, out: &mut String) {
        out.push_str(
            "tables:
  - id: ages
    title: 年代別の参加者
    unit: 人
    source: { statistic: survey, status: final }
    shares: { of: total, decimals: 1 }
    columns:
      - { id: total, title: 計, sum_of: [young, middle, old] }
      - { id: young, title: 39歳以下 }
      - { id: middle, title: 40～64歳 }
      - { id: old, title: 65歳以上 }
    rows:
",
        );
        for back in (0..6).rev() {
            let of = Year { number: year.number - back, index: year.index - back };
            // A year is the same in every report.
            let mut dice = Dice::new(self.seed * 100 + of.number as u64);
            let parts = [dice.roll(300, 900), dice.roll(300, 900), dice.roll(300, 900)];
            let total: u64 = parts.iter().sum();
            let [young, middle, old] = parts.map(|part| cell(part, total));
            let _ = writeln!(
                out,
                "      - {{ id: y{}, title: {}年度, year: {}, cells: {{ total: {total}, young: {young}, middle: {middle}, old: {old} }} }}",
                of.number,
                of.era(),
                of.number
            );
        }
        self.wards(year, out);
        self.accidents(year, out);
    }

    fn accidents(&self, year: Year, out: &mut String) {
        out.push_str(
            "
  - id: accidents
    title: 交通事故の負傷者
    unit: 人
    source: { statistic: police }
    columns:
      - { id: injured, title: 負傷者数 }
    rows:
",
        );
        for back in (0..3).rev() {
            let of = Year { number: year.number - back, index: 0 };
            let injured = Dice::new(self.seed * 100 + 30 + of.number as u64).roll(180, 199);
            let (number, era) = (of.number, of.era());
            let _ = writeln!(out, "      - {{ id: y{number}, title: {era}年度, year: {number}, cells: {{ injured: {injured} }} }}");
        }
    }

    fn wards(&self, year: Year, out: &mut String) {
        out.push_str(
            "
  - id: wards
    title: 地区別の相談者
    unit: 人
    source: { statistic: 窓口の集計 }
    sensitive: true
    shares: { of: total, decimals: 1 }
    columns:
      - { id: women, title: 女性 }
      - { id: men, title: 男性 }
      - { id: total, title: 計, sum_of: [women, men] }
    rows:
",
        );
        let mut dice = Dice::new(self.seed * 100 + 50 + year.number as u64);
        let (mut women, mut men) = (0, 0);
        for (index, ward) in ["東", "西", "南", "北", "中央"].iter().enumerate() {
            let (more, others) = (dice.roll(120, 400), dice.roll(120, 400));
            women += more;
            men += others;
            let _ = writeln!(
                out,
                "      - {{ id: ward-{index}, title: {ward}地区, cells: {{ women: {}, men: {}, total: {} }} }}",
                cell(more, more + others),
                cell(others, more + others),
                more + others
            );
        }
        let total = women + men;
        let _ = writeln!(
            out,
            "      - {{ id: all, title: 計, sum_of: all, cells: {{ women: {}, men: {}, total: {total} }} }}",
            cell(women, total),
            cell(men, total)
        );
    }

    fn meetings(&self, year: Year, out: &mut String) {
        let mut dice = Dice::new(self.seed * 100 + 70 + year.number as u64);
        out.push_str("\nmeetings:\n");
        for (meeting, month) in [("推進会議", 3), ("庁内連携会議", 9)] {
            let day = dice.roll(1, 28);
            let (civil, month) = in_year(year, month);
            let weekday = WEEKDAYS[weekday(civil, month, day as i64)];
            let era = Year { number: civil, index: 0 }.era();
            let parts = dice.roll(2, 5) as usize;
            let attendees: Vec<String> = PARTS[..parts].iter().map(|part| format!("{part}課")).collect();
            let _ = writeln!(
                out,
                "  - {{ title: {meeting}, date: \"{era}年{month}月{day}日({weekday})\", attendees: [{}, {{ title: 事務局, count: 3 }}], attendee_count: {}, agenda: [{}年度の進み具合] }}",
                attendees.join(", "),
                parts + 3,
                year.era()
            );
        }
    }
}

/// The first block of a text, with the empty line behind it.
fn block(text: &str) -> String {
    format!("{}\n\n", text.split("\n\n").next().unwrap_or_default())
}

/// A cell with its share of a total, in percent with one decimal.
pub fn cell(part: u64, total: u64) -> String {
    let tenths = (part * 2000 + total) / (total * 2);
    format!("[{part}, {}.{}]", tenths / 10, tenths % 10)
}

/// A sentence on the figure that the shape brings with it.
fn sentence(measure: &Measure, figures: &Figures, year: Year) -> String {
    let more = figures.actual.saturating_sub(figures.target);
    match measure.shape {
        Shape::Bound => "有所見率は30％以下を維持した。".to_owned(),
        Shape::Plain if year.index > 0 && more > 0 => {
            format!("参加者延べ人数は前年度比{more}人増となった（{}年度は{}人）。", year.last().era(), figures.target)
        }
        _ => String::new(),
    }
}

/// How many people are needed, as a product.
fn crew(measure: &Measure) -> String {
    if measure.shape == Shape::Staff {
        format!("職員は{}回×3人＝{}人を充てる。", measure.sessions, measure.sessions * 3)
    } else {
        String::new()
    }
}

/// The calendar year and month of the month of a fiscal year, counted from April.
fn in_year(year: Year, month: u64) -> (i16, i64) {
    if month < 9 { (year.number, month as i64 + 4) } else { (year.number + 1, month as i64 - 8) }
}

fn date(year: Year, month: u64, day: u64) -> String {
    let (civil, month) = in_year(year, month);
    format!("{civil}-{month:02}-{day:02}")
}

/// The day of the week, Monday being 0 (Sakamoto's method).
fn weekday(year: i16, month: i64, day: i64) -> usize {
    let year = i64::from(year) - i64::from(month < 3);
    let shift = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4][month as usize - 1];
    ((year + year / 4 - year / 100 + year / 400 + shift + day + 6) % 7) as usize
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
