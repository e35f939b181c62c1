//! The ways in which a row of shares may be rounded.

use super::rounding::Rounding;

/// A way of rounding the shares of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Policy {
    /// 四捨五入.
    HalfUp,
    /// A half to the even neighbour.
    HalfEven,
    /// 切り捨て.
    Truncate,
    /// Rounded so that the row adds up to 100, by largest remainder: every share is cut off, then
    /// the units that lack to 100 go to the largest remainders. Among equal ones either is right.
    To100,
}

/// A set of policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PolicySet(u8);

impl Policy {
    /// All policies, the most usual first.
    pub const ALL: [Policy; 4] = [Policy::HalfUp, Policy::HalfEven, Policy::Truncate, Policy::To100];

    pub(super) const fn rounding(self) -> Option<Rounding> {
        match self {
            Policy::HalfUp => Some(Rounding::HalfUp),
            Policy::HalfEven => Some(Rounding::HalfEven),
            Policy::Truncate => Some(Rounding::Truncate),
            Policy::To100 => None,
        }
    }
}

impl PolicySet {
    /// No policy.
    pub const NONE: PolicySet = PolicySet(0);
    /// Every policy.
    pub const ALL: PolicySet = PolicySet(0b1111);

    /// One policy alone.
    #[must_use]
    pub const fn of(policy: Policy) -> PolicySet {
        PolicySet(1 << policy as u8)
    }

    /// Whether the policy is in the set.
    #[must_use]
    pub const fn contains(self, policy: Policy) -> bool {
        self.0 & PolicySet::of(policy).0 != 0
    }

    /// The set with one policy more.
    #[must_use]
    pub const fn with(self, policy: Policy) -> PolicySet {
        PolicySet(self.0 | PolicySet::of(policy).0)
    }

    /// The policies in both sets.
    #[must_use]
    pub const fn and(self, other: PolicySet) -> PolicySet {
        PolicySet(self.0 & other.0)
    }

    /// Whether no policy is in the set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The policies of the set, the most usual first.
    pub fn iter(self) -> impl Iterator<Item = Policy> {
        Policy::ALL.into_iter().filter(move |&policy| self.contains(policy))
    }
}

impl FromIterator<Policy> for PolicySet {
    fn from_iter<I: IntoIterator<Item = Policy>>(policies: I) -> PolicySet {
        policies.into_iter().fold(PolicySet::NONE, PolicySet::with)
    }
}
