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
        Self::of_bytes(name.as_bytes())
    }

    /// The same, when the program is compiled.
    ///
    /// # Panics
    /// Where no field has that name: the program does not compile.
    #[must_use]
    pub const fn constant(name: &str) -> Field {
        let head = Head::constant(name.as_bytes());
        let mut index = 0;
        while index < NAMES.len() {
            if HEADS_OF_NAMES[index].is(head) {
                return FIELDS[index];
            }
            index += 1;
        }
        panic!("no field has that name")
    }

    /// The field whose name these bytes are.
    #[inline]
    pub(super) fn of_bytes(name: &[u8]) -> Option<Field> {
        let head = Head::of(name)?;
        let mut slot = head.slot();
        loop {
            let index = (TABLE[slot] as usize).checked_sub(1)?;
            if HEADS[index] == head {
                return Some(FIELDS[index]);
            }
            slot = (slot + 1) & MASK;
        }
    }
}

/// The longest name, and the most that a [`Head`] holds.
const LONGEST: usize = 16;

/// A short name in two words: they overlap where it is shorter than sixteen bytes, and with its
/// length they are the whole of it. Two names are compared without a walk over their bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Head {
    length: usize,
    first: u64,
    last: u64,
}

impl Head {
    /// The head of a name; none where it is too short or too long for a field.
    #[inline]
    fn of(name: &[u8]) -> Option<Head> {
        let length = name.len();
        let (first, last) = if length > LONGEST {
            return None;
        } else if let (Some(first), Some(last)) = (name.first_chunk(), name.last_chunk()) {
            (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
        } else if let (Some(first), Some(last)) = (name.first_chunk(), name.last_chunk()) {
            (u64::from(u32::from_le_bytes(*first)), u64::from(u32::from_le_bytes(*last)))
        } else if let (Some(first), Some(last)) = (name.first_chunk(), name.last_chunk()) {
            (u64::from(u16::from_le_bytes(*first)), u64::from(u16::from_le_bytes(*last)))
        } else {
            return None;
        };
        Some(Head { length, first, last })
    }

    /// The same, when the program is compiled.
    const fn constant(name: &[u8]) -> Head {
        let length = name.len();
        let width = match length {
            2..4 => 2,
            4..8 => 4,
            8..=LONGEST => 8,
            _ => panic!("a field's name is of 2 to 16 bytes"),
        };
        Head { length, first: word(name, 0, width), last: word(name, length - width, width) }
    }

    /// Whether it is the same, when the program is compiled.
    const fn is(self, other: Head) -> bool {
        self.length == other.length && self.first == other.first && self.last == other.last
    }

    /// Where the name is looked for first.
    #[inline]
    const fn slot(self) -> usize {
        let mixed = (self.first ^ self.last.rotate_left(29) ^ self.length as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> (64 - SLOTS.trailing_zeros())) as usize
    }
}

const fn word(bytes: &[u8], from: usize, width: usize) -> u64 {
    let mut word = 0;
    let mut index = width;
    while index > 0 {
        index -= 1;
        word = word << 8 | bytes[from + index] as u64;
    }
    word
}

/// Slots of the hash table: a power of two at least four times the number of names, so that
/// nearly every look-up ends at its first slot.
const SLOTS: usize = 1024;
const MASK: usize = SLOTS - 1;

/// The heads of the names.
static HEADS: [Head; NAMES.len()] = HEADS_OF_NAMES;
const HEADS_OF_NAMES: [Head; NAMES.len()] = heads();

/// The names in open addressing, made when the program is compiled: 0 is an empty slot, any other
/// number is one more than the index of a name.
static TABLE: [u8; SLOTS] = table();

const fn heads() -> [Head; NAMES.len()] {
    let mut heads = [Head { length: 0, first: 0, last: 0 }; NAMES.len()];
    let mut index = 0;
    while index < NAMES.len() {
        heads[index] = Head::constant(NAMES[index].as_bytes());
        index += 1;
    }
    heads
}

const fn table() -> [u8; SLOTS] {
    let mut table = [0u8; SLOTS];
    let mut index = 0;
    while index < NAMES.len() {
        let mut slot = Head::constant(NAMES[index].as_bytes()).slot();
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
        for none in ["", "i", "ids", "i\0", "idid", "directionreason", "direction_reason_", "attendee_counts"] {
            assert_eq!(Field::of(none), None, "{none}");
        }
    }
}
