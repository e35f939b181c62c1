//! The names that plans, reports and settings use, as numbers.
//!
//! A key is looked up once, when it is parsed; every later look-up compares two small numbers.
//! A key that is not in this list is still a key: it is found by its text.

macro_rules! fields {
    ($($variant:ident = $name:literal,)*) => {
        /// A name of the data model.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        #[allow(missing_docs)]
        pub enum Field { $($variant,)* }

        /// Every field, in the order of its number.
        pub const FIELDS: &[Field] = &[$(Field::$variant,)*];
        const NAMES: &[&str] = &[$($name,)*];
    };
}

fields! {
    Absent = "absent", Actual = "actual", Agenda = "agenda", Aliases = "aliases", Amount = "amount",
    AsOf = "as_of", AtLeast = "at_least", Attainment = "attainment", Attendance = "attendance",
    AttendeeCount = "attendee_count", Attendees = "attendees", Audience = "audience", Base = "base",
    Baseline = "baseline", Basis = "basis", Below = "below", Better = "better",
    ByDepartment = "by_department", CarriedOver = "carried_over", Cells = "cells", Code = "code",
    Columns = "columns", Cost = "cost", Count = "count", Counts = "counts", Date = "date",
    Decimals = "decimals", Department = "department", Departments = "departments",
    Direction = "direction", DirectionReason = "direction_reason", Directions = "directions",
    Edition = "edition", Effect = "effect", Entries = "entries", Events = "events",
    Exclude = "exclude", Expects = "expects", External = "external", FailOn = "fail-on", Files = "files",
    First = "first", Fit = "fit", Formerly = "formerly", Grade = "grade", Group = "group",
    Headline = "headline", Held = "held", Helplines = "helplines", Hours = "hours", Id = "id",
    Include = "include", Indicator = "indicator", Indicators = "indicators", Items = "items",
    Kind = "kind", Label = "label", Lang = "lang", Last = "last", Level = "level",
    Locked = "locked", Mark = "mark", MaxFileSize = "max-file-size", Measure = "measure", Measures = "measures",
    Meetings = "meetings", Missing = "missing", Month = "month", Multiple = "multiple",
    Municipality = "municipality", Name = "name", Next = "next", Note = "note", Notes = "notes",
    Numbered = "numbered", Of = "of", Over = "over", Overrides = "overrides", Period = "period",
    Phone = "phone", Plan = "plan", Policies = "policies", Policy = "policy", Prior = "prior",
    ProductOf = "product_of", Profile = "profile", Progress = "progress",
    Provisional = "provisional", Rate = "rate", Rating = "rating", Ratings = "ratings",
    Reason = "reason", Repeats = "repeats", Result = "result", Rounding = "rounding",
    Rows = "rows", Rules = "rules", SameAs = "same_as", Schedule = "schedule", Scope = "scope",
    Sensitive = "sensitive", ShareOf = "share_of", SharedWith = "shared_with", Shares = "shares",
    Source = "source", Stages = "stages", Statistic = "statistic", Status = "status",
    Successor = "successor", Succeeds = "succeeds", SumOf = "sum_of", Summary = "summary",
    Tables = "tables", Tally = "tally", Target = "target", Text = "text", Tier = "tier",
    Title = "title", Unit = "unit", Until = "until", Value = "value", Values = "values",
    Venue = "venue", Within = "within", Year = "year", Years = "years",
}

impl Field {
    /// The name as files write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        NAMES[self as usize]
    }

    /// The field of that name.
    #[must_use]
    pub fn of(name: &str) -> Option<Field> {
        let mut slot = hash(name.as_bytes()) & MASK;
        loop {
            match TABLE[slot] {
                0 => return None,
                number => {
                    let index = number as usize - 1;
                    if NAMES[index] == name {
                        return Some(FIELDS[index]);
                    }
                }
            }
            slot = (slot + 1) & MASK;
        }
    }
}

/// Slots of the hash table: a power of two at least four times the number of names, so that
/// nearly every look-up ends at its first slot.
const SLOTS: usize = 1024;
const MASK: usize = SLOTS - 1;

/// The names in open addressing, made when the program is compiled: 0 is an empty slot, any other
/// number is one more than the index of a name.
static TABLE: [u8; SLOTS] = table();

const fn hash(bytes: &[u8]) -> usize {
    let length = bytes.len();
    if length == 0 {
        return 0;
    }
    let first = bytes[0] as usize;
    let middle = bytes[length / 2] as usize;
    let last = bytes[length - 1] as usize;
    (length * 37) ^ (first * 7) ^ (middle * 131) ^ (last * 521)
}

const fn table() -> [u8; SLOTS] {
    let mut table = [0u8; SLOTS];
    let mut index = 0;
    while index < NAMES.len() {
        let mut slot = hash(NAMES[index].as_bytes()) & MASK;
        while table[slot] != 0 {
            slot = (slot + 1) & MASK;
        }
        table[slot] = (index + 1) as u8;
        index += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_again() {
        for field in FIELDS {
            assert_eq!(Field::of(field.name()), Some(*field));
        }
        assert_eq!(Field::of("no-such-name"), None);
        assert_eq!(Field::of(""), None);
    }
}
