//! What was found in a set of files, as bytes and back.
//!
//! The words of a rule are not written, only their numbers: the bytes are read by the program that
//! wrote them, or by none. Whatever cannot be read is no record.

use std::sync::OnceLock;

use jiff::civil::Date;

use super::accept::{Acceptance, Accepted};
use super::outcome::Outcome;
use super::settle::{Asked, Settled};
use crate::catalogue::{Level, RULES, Rule};
use crate::diagnostic::{Arg, Args, Finding, Place, Related, Subject};
use crate::rule::{Reason, Score};
use crate::source::{SourceId, Span};

/// The result of a set and what it was made under.
#[derive(Debug)]
pub(super) struct Record<S = Settled, I = Vec<(SourceId, String)>> {
    /// How many files there are in the set.
    pub files: usize,
    /// What was found.
    pub settled: S,
    /// How many files of the set could not be read.
    pub unread: usize,
    /// The ids of its plans, each with its file.
    pub ids: I,
    /// Whether some file of the run could not be read.
    pub any_unread: bool,
    /// Whether some rule broke down.
    pub any_broken: bool,
    /// What the ids of all plans were known by, where they were known.
    pub all_ids: Option<u128>,
    /// The day of the run, where comments were held against it.
    pub day: Option<Date>,
}

impl Record<&Settled, &Vec<(SourceId, String)>> {
    /// The record as bytes; nothing where it holds something that has no number.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        let mut out = Writer(Vec::new());
        let outcome = &self.settled.outcome;
        let asked = &self.settled.asked;
        out.flags(&[self.any_unread, self.any_broken, asked.unread, asked.complete, asked.ids]);
        out.number(self.files as u64);
        out.number(self.unread as u64);
        out.list(self.ids, |out, (file, id)| {
            out.number(file.0.into());
            out.text(id);
        });
        out.option(self.all_ids, |out, ids| out.0.extend(ids.to_le_bytes()));
        out.option(self.day, Writer::date);
        out.number(outcome.summary.files as u64);
        out.number(outcome.summary.plans as u64);
        out.number(outcome.summary.reports as u64);
        let used: Vec<(usize, &Score)> = outcome.scores.iter().enumerate().filter(|(_, score)| **score != Score::default()).collect();
        out.list(&used, |out, (rule, score)| out.score(*rule, score));
        out.list(&outcome.acceptances, Writer::acceptance);
        out.number(outcome.findings.len() as u64);
        for finding in &outcome.findings {
            out.finding(finding)?;
        }
        out.number(outcome.accepted.len() as u64);
        for accepted in &outcome.accepted {
            out.number(accepted.by as u64);
            out.finding(&accepted.finding)?;
        }
        Some(out.0)
    }
}

impl Record {
    /// What bytes say.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader(bytes);
        let [any_unread, any_broken, unread, complete, ids] = from.flags()?;
        let asked = Asked { unread, complete, ids };
        let files = from.size()?;
        let unread = from.size()?;
        let ids = from.list(|from| Some((from.file()?, from.text()?)))?;
        let all_ids = from.option(|from| Some(u128::from_le_bytes(from.take(16)?.try_into().ok()?)))?;
        let day = from.option(Reader::date)?;
        let mut outcome = Outcome { scores: vec![Score::default(); RULES.len()], ..Outcome::default() };
        outcome.summary.files = from.size()?;
        outcome.summary.plans = from.size()?;
        outcome.summary.reports = from.size()?;
        for (rule, score) in from.list(Reader::score)? {
            *outcome.scores.get_mut(rule)? = score;
        }
        outcome.acceptances = from.list(Reader::acceptance)?;
        outcome.findings = from.list(Reader::finding)?;
        outcome.accepted = from.list(|from| Some(Accepted { by: from.size()?, finding: from.finding()? }))?;
        let settled = Settled { outcome, broken: Vec::new(), asked, misplaced: Vec::new() };
        from.0.is_empty().then_some(Self { files, settled, unread, ids, any_unread, any_broken, all_ids, day })
    }
}

/// The names that the words of a rule use, in the order of their numbers.
#[derive(Default)]
struct Names {
    variants: Vec<&'static str>,
    places: Vec<&'static str>,
    related: Vec<&'static str>,
}

fn names() -> &'static [Names] {
    static NAMES: OnceLock<Vec<Names>> = OnceLock::new();
    NAMES.get_or_init(|| RULES.iter().map(Names::of).collect())
}

impl Names {
    fn of(rule: &Rule) -> Self {
        let mut names = Self { variants: vec!["default"], ..Self::default() };
        let add = |list: &mut Vec<&'static str>, name: &'static str| {
            if !list.contains(&name) {
                list.push(name);
            }
        };
        for (number, list) in [rule.messages, rule.labels, rule.questions, rule.helps, rule.related].into_iter().enumerate() {
            for (name, words) in list {
                add(if number == 4 { &mut names.related } else { &mut names.variants }, name);
                let places = [words.ja, words.en].into_iter().flat_map(|text| text.split('{').skip(1));
                for (name, _) in places.filter_map(|rest| rest.split_once('}')) {
                    add(&mut names.places, name);
                }
            }
        }
        names
    }
}

fn number(list: &[&str], name: &str) -> Option<u64> {
    list.iter().position(|known| *known == name).map(|number| number as u64)
}

struct Writer(Vec<u8>);

impl Writer {
    /// Seven bits a byte, the lowest first; the eighth says that more follow.
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend(text.as_bytes());
    }

    fn flags(&mut self, flags: &[bool]) {
        self.0.extend(flags.iter().map(|flag| u8::from(*flag)));
    }

    fn list<T>(&mut self, list: &[T], mut each: impl FnMut(&mut Self, &T)) {
        self.number(list.len() as u64);
        for item in list {
            each(self, item);
        }
    }

    fn option<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.flags(&[value.is_some()]);
        if let Some(value) = value {
            write(self, value);
        }
    }

    fn date(&mut self, date: Date) {
        self.number(date.year().unsigned_abs().into());
        self.number(date.month().unsigned_abs().into());
        self.number(date.day().unsigned_abs().into());
    }

    fn span(&mut self, span: Span) {
        self.number(span.start.into());
        self.number(span.end.into());
    }

    fn score(&mut self, rule: usize, score: &Score) {
        self.number(rule as u64);
        self.number(score.evaluated);
        self.number(score.failed);
        self.list(&score.not_evaluated, |out, (reason, times)| {
            out.number(*reason as u64);
            out.number(*times);
        });
    }

    fn acceptance(&mut self, acceptance: &Acceptance) {
        self.number(acceptance.file.0.into());
        self.span(acceptance.span);
        self.list(&acceptance.rules, |out, (name, span)| {
            out.text(name);
            out.span(*span);
        });
        self.text(&acceptance.reason);
        self.option(acceptance.until, Self::date);
        self.flags(&[acceptance.bad_date, acceptance.readable]);
        self.number(acceptance.line as u64);
    }

    fn place(&mut self, place: &Place) {
        self.number(place.file.0.into());
        self.span(place.span);
        self.text(&place.pointer);
    }

    /// The values of the words; one that no word uses is left out.
    fn args(&mut self, args: &Args, names: &Names) {
        let used: Vec<(u64, &Arg)> = args.iter().filter_map(|(name, arg)| Some((number(&names.places, name)?, arg))).collect();
        self.list(&used, |out, (name, arg)| {
            out.number(*name);
            let (kind, ja, en) = match arg {
                Arg::Text(text) => (0, text.as_str(), ""),
                Arg::Setting(text) => (1, text.as_str(), ""),
                Arg::Both { ja, en } => (2, ja.as_str(), en.as_str()),
                Arg::Words(words) => (3, words.ja, words.en),
                Arg::Kept { ja, en } => (3, ja.as_str(), en.as_str()),
            };
            out.number(kind);
            out.text(ja);
            if kind > 1 {
                out.text(en);
            }
        });
    }

    fn finding(&mut self, finding: &Finding) -> Option<()> {
        let names = &names()[finding.rule as usize];
        self.number(finding.rule as u64);
        self.number(Level::ALL.iter().position(|level| *level == finding.level)? as u64);
        self.place(&finding.place);
        self.number(number(&names.variants, finding.variant)?);
        self.args(&finding.args, names);
        self.number(finding.related.len() as u64);
        for related in &finding.related {
            self.place(&related.place);
            // One more than the number: 0 is a name without words.
            self.number(number(&names.related, related.name).map_or(0, |number| number + 1));
            self.args(&related.args, names);
        }
        self.option(finding.alias, Self::span);
        self.option(finding.subject.plan.as_deref(), Self::text);
        self.option(finding.subject.year, |out, year| out.number(u64::from(year.unsigned_abs())));
        self.option(finding.subject.measure.as_deref(), Self::text);
        self.list(&finding.subject.departments, |out, id| out.text(id));
        self.text(&finding.path);
        self.text(&finding.discriminator);
        self.flags(&[finding.is_shared, finding.sensitive]);
        self.list(&finding.again, |out, path| out.text(path));
        finding.subject.year.is_none_or(|year| year >= 0).then_some(())
    }
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take(&mut self, length: usize) -> Option<&[u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = *self.take(1)?.first()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn size(&mut self) -> Option<usize> {
        self.number()?.try_into().ok()
    }

    fn text(&mut self) -> Option<String> {
        let length = self.size()?;
        String::from_utf8(self.take(length)?.to_vec()).ok()
    }

    fn flags<const N: usize>(&mut self) -> Option<[bool; N]> {
        let bytes: [u8; N] = self.take(N)?.try_into().ok()?;
        bytes.iter().all(|byte| *byte < 2).then(|| bytes.map(|byte| byte == 1))
    }

    fn list<T>(&mut self, mut each: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = self.size()?;
        let mut list = Vec::with_capacity(length.min(self.0.len()));
        for _ in 0..length {
            list.push(each(self)?);
        }
        Some(list)
    }

    fn option<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        let [is_there] = self.flags()?;
        if is_there { read(self).map(Some) } else { Some(None) }
    }

    fn date(&mut self) -> Option<Date> {
        let (year, month, day) = (self.number()?, self.number()?, self.number()?);
        Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
    }

    fn file(&mut self) -> Option<SourceId> {
        self.number()?.try_into().ok().map(SourceId)
    }

    fn span(&mut self) -> Option<Span> {
        Some(Span::new(self.number()?.try_into().ok()?, self.number()?.try_into().ok()?))
    }

    fn score(&mut self) -> Option<(usize, Score)> {
        let (rule, evaluated, failed) = (self.size()?, self.number()?, self.number()?);
        let not_evaluated = self.list(|from| Some((*Reason::ALL.get(from.size()?)?, from.number()?)))?;
        Some((rule, Score { evaluated, failed, not_evaluated }))
    }

    fn acceptance(&mut self) -> Option<Acceptance> {
        let (file, span) = (self.file()?, self.span()?);
        let rules = self.list(|from| Some((from.text()?, from.span()?)))?;
        let (reason, until) = (self.text()?, self.option(Self::date)?);
        let [bad_date, readable] = self.flags()?;
        Some(Acceptance { file, span, rules, reason, until, bad_date, readable, line: self.size()? })
    }

    fn place(&mut self) -> Option<Place> {
        Some(Place { file: self.file()?, span: self.span()?, pointer: self.text()? })
    }

    fn args(&mut self, names: &Names) -> Option<Args> {
        self.list(|from| {
            let name = *names.places.get(from.size()?)?;
            let arg = match from.number()? {
                0 => Arg::Text(from.text()?),
                1 => Arg::Setting(from.text()?),
                2 => Arg::Both { ja: from.text()?, en: from.text()? },
                3 => Arg::Kept { ja: from.text()?, en: from.text()? },
                _ => return None,
            };
            Some((name, arg))
        })
    }

    fn related(&mut self, names: &Names) -> Option<Related> {
        let place = self.place()?;
        let name = match self.size()? {
            0 => "",
            number => names.related.get(number - 1)?,
        };
        Some(Related { place, name, args: self.args(names)? })
    }

    fn finding(&mut self) -> Option<Finding> {
        let rule = self.size()?;
        let names = names().get(rule)?;
        let level = *Level::ALL.get(self.size()?)?;
        let mut finding = Finding::at(RULES.get(rule)?.id, self.place()?);
        finding.level = level;
        finding.variant = names.variants.get(self.size()?)?;
        finding.args = self.args(names)?;
        finding.related = self.list(|from| from.related(names))?;
        finding.alias = self.option(Self::span)?;
        finding.subject = Subject {
            plan: self.option(Self::text)?,
            year: self.option(|from| from.number()?.try_into().ok())?,
            measure: self.option(Self::text)?,
            departments: self.list(Self::text)?,
        };
        finding.path = self.text()?;
        finding.discriminator = self.text()?;
        [finding.is_shared, finding.sensitive] = self.flags()?;
        finding.again = self.list(Self::text)?;
        Some(finding)
    }
}
