//! What was decided: policies, departments, the scale of ratings, indicators, measures.

use std::collections::HashMap;

use super::indicator::Indicator;
use super::measure::Measure;
use super::{Text, fiscal_year, fitted};
use crate::arithmetic::Quantity;
use crate::calendar::FiscalYear;
use crate::document::{Field, Node};

/// A plan.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The YAML document.
    pub node: Node<'a>,
    /// Its id, unique in the repository.
    pub id: Text<'a>,
    /// Its title.
    pub title: Option<Text<'a>>,
    /// The code of the municipality.
    pub code: Option<Node<'a>>,
    /// The name of the municipality.
    pub municipality: Option<Text<'a>>,
    /// The first fiscal year.
    pub first: Option<FiscalYear>,
    /// The last fiscal year.
    pub last: Option<FiscalYear>,
    /// The id of the plan that went before.
    pub succeeds: Option<Text<'a>>,
    /// What every report must hold.
    pub expects: Expects,
    /// Whether measures carry printed numbers.
    pub numbered: bool,
    /// The scale of ratings, best first.
    pub grades: Vec<Grade<'a>>,
    /// The directions that a report may choose from.
    pub directions: Vec<Text<'a>>,
    /// Who does the work.
    pub departments: Vec<Department<'a>>,
    /// Every policy, each before those below it.
    pub policies: Vec<Policy<'a>>,
    /// The indicators.
    pub indicators: Vec<Indicator<'a>>,
    /// The measures.
    pub measures: Vec<Measure<'a>>,
    /// Where to get help.
    pub helplines: Vec<Helpline<'a>>,
    measure_index: HashMap<&'a str, usize>,
    department_index: HashMap<&'a str, usize>,
}

/// What a plan expects of its reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Expects(u16);

const EXPECTED: [&str; 11] =
    ["results", "targets", "actuals", "ratings", "reasons", "next", "costs", "effects", "directions", "progress", "indicators"];

impl Expects {
    fn of(node: Node<'_>) -> Self {
        let bit = |name: &str| EXPECTED.iter().position(|known| *known == name).map_or(0, |index| 1 << index);
        Self(node.items().filter_map(Node::text).fold(0, |bits, name| bits | bit(name)))
    }

    /// Whether a thing of that name is expected.
    #[must_use]
    pub fn has(self, name: &str) -> bool {
        EXPECTED.iter().position(|known| *known == name).is_some_and(|index| self.0 & (1 << index) != 0)
    }
}

/// A grade of the scale.
#[derive(Debug)]
pub struct Grade<'a> {
    /// The grade.
    pub grade: Text<'a>,
    /// What it is called.
    pub label: Option<Text<'a>>,
    /// The least attainment of its band, as a share (0.9, or `90%`).
    pub at_least: Option<Quantity<'a>>,
    /// The attainment that its band stays below.
    pub below: Option<Quantity<'a>>,
    /// Its band.
    pub band: Option<Node<'a>>,
}

/// A department, or another body that serves a measure.
#[derive(Debug)]
pub struct Department<'a> {
    /// Where it is defined.
    pub node: Node<'a>,
    /// Its id.
    pub id: Text<'a>,
    /// Its name.
    pub name: Option<Text<'a>>,
    /// Other names.
    pub aliases: Vec<Text<'a>>,
    /// The first fiscal year in which it exists.
    pub first: Option<FiscalYear>,
    /// The last fiscal year in which it exists.
    pub last: Option<FiscalYear>,
    /// The department that took over.
    pub successor: Option<Text<'a>>,
    /// Whether it is outside the city's administration.
    pub external: bool,
    /// Whether it is a group, such as all schools.
    pub group: bool,
}

/// A policy (施策の柱).
#[derive(Debug)]
pub struct Policy<'a> {
    /// Where it is defined.
    pub node: Node<'a>,
    /// Its id.
    pub id: Text<'a>,
    /// Its title.
    pub title: Option<Text<'a>>,
    /// Basic or priority.
    pub tier: Option<TierOfPolicy>,
    /// A sentence or two on it.
    pub summary: Option<Text<'a>>,
    /// How many policies stand above it.
    pub depth: usize,
    /// The number of the policy above it.
    pub parent: Option<usize>,
}

/// Whether a policy is one that every plan has or one of special weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TierOfPolicy {
    /// 基本施策
    Basic,
    /// 重点施策
    Priority,
}

/// Where to get help.
#[derive(Debug)]
pub struct Helpline<'a> {
    /// Its name.
    pub name: Text<'a>,
    /// Its number.
    pub phone: Option<Text<'a>>,
    /// When it can be called.
    pub hours: Option<Text<'a>>,
}

impl<'a> Plan<'a> {
    /// The plan of a document; nothing where it has no id.
    #[must_use]
    pub fn of(node: Node<'a>) -> Option<Self> {
        let id = node.get(Field::Id).and_then(Text::of)?;
        let mut plan = Self {
            node,
            id,
            title: None,
            code: None,
            municipality: None,
            first: None,
            last: None,
            succeeds: None,
            expects: Expects::default(),
            numbered: true,
            grades: Vec::new(),
            directions: Vec::new(),
            departments: Vec::new(),
            policies: Vec::new(),
            indicators: Vec::new(),
            measures: Vec::new(),
            helplines: Vec::new(),
            measure_index: HashMap::new(),
            department_index: HashMap::new(),
        };
        for (key, value) in node.members() {
            match key.field() {
                Some(Field::Title) => plan.title = Text::of(value),
                Some(Field::Municipality) => {
                    plan.code = value.get(Field::Code);
                    plan.municipality = value.get(Field::Name).and_then(Text::of);
                }
                Some(Field::Years) => {
                    plan.first = value.get(Field::First).and_then(fiscal_year);
                    plan.last = value.get(Field::Last).and_then(fiscal_year);
                }
                Some(Field::Succeeds) => plan.succeeds = Text::of(value),
                Some(Field::Expects) => plan.expects = Expects::of(value),
                Some(Field::Numbered) => plan.numbered = value.is_true(),
                Some(Field::Ratings) => plan.grades = fitted(value, value.items().filter_map(Grade::of)),
                Some(Field::Directions) => plan.directions = Text::list(value),
                Some(Field::Departments) => plan.departments = fitted(value, value.items().filter_map(Department::of)),
                Some(Field::Policies) => add_policies(value, 0, None, &mut plan.policies),
                Some(Field::Indicators) => plan.indicators = fitted(value, value.items().filter_map(Indicator::of)),
                Some(Field::Measures) => plan.measures = fitted(value, value.items().filter_map(Measure::of)),
                Some(Field::Helplines) => plan.helplines = fitted(value, value.items().filter_map(Helpline::of)),
                _ => {}
            }
        }
        plan.measure_index.reserve(plan.measures.len());
        for (index, measure) in plan.measures.iter().enumerate() {
            plan.measure_index.entry(measure.id.text).or_insert(index);
        }
        for (index, department) in plan.departments.iter().enumerate() {
            plan.department_index.entry(department.id.text).or_insert(index);
        }
        Some(plan)
    }

    /// The measure of an id.
    #[must_use]
    pub fn measure(&self, id: &str) -> Option<&Measure<'a>> {
        self.measure_index.get(id).map(|index| &self.measures[*index])
    }

    /// Whether two measures have one id: then another number may be missing for that reason.
    #[must_use]
    pub fn has_double_measures(&self) -> bool {
        self.measure_index.len() < self.measures.len()
    }

    /// Whether a measure has that id, or had it before.
    #[must_use]
    pub fn knows_measure(&self, id: &str) -> bool {
        let former = |measure: &Measure<'a>| measure.formerly.iter().any(|former| former.id.is_some_and(|former| former.text == id));
        self.measure(id).is_some() || self.measures.iter().any(former)
    }

    /// The department of an id.
    #[must_use]
    pub fn department(&self, id: &str) -> Option<&Department<'a>> {
        self.department_index.get(id).map(|index| &self.departments[*index])
    }

    /// The department of a name or another name it goes by.
    #[must_use]
    pub fn department_named(&self, name: &str) -> Option<&Department<'a>> {
        let called = |text: &Text<'a>| text.text == name;
        self.departments.iter().find(|department| department.name.as_ref().is_some_and(called) || department.aliases.iter().any(called))
    }

    /// The policy of an id.
    #[must_use]
    pub fn policy(&self, id: &str) -> Option<&Policy<'a>> {
        self.policies.iter().find(|policy| policy.id.text == id)
    }

    /// The indicator of an id.
    #[must_use]
    pub fn indicator(&self, id: &str) -> Option<&Indicator<'a>> {
        self.indicators.iter().find(|indicator| indicator.id.text == id)
    }

    /// The place of a grade in the scale: 0 is the best.
    #[must_use]
    pub fn rank(&self, grade: &str) -> Option<usize> {
        self.grades.iter().position(|known| known.grade.text == grade)
    }
}

impl<'a> Grade<'a> {
    fn of(node: Node<'a>) -> Option<Self> {
        let band = node.get(Field::Attainment);
        let bound = |field| band.and_then(|band| band.get(field)).and_then(Node::text).and_then(|text| Quantity::parse(text).ok());
        Some(Self {
            grade: node.get(Field::Grade).and_then(Text::of)?,
            label: node.get(Field::Label).and_then(Text::of),
            at_least: bound(Field::AtLeast),
            below: bound(Field::Below),
            band,
        })
    }
}

impl<'a> Department<'a> {
    fn of(node: Node<'a>) -> Option<Self> {
        let mut department = Self {
            node,
            id: node.get(Field::Id).and_then(Text::of)?,
            name: None,
            aliases: Vec::new(),
            first: None,
            last: None,
            successor: None,
            external: false,
            group: false,
        };
        for (key, value) in node.members() {
            match key.field() {
                Some(Field::Name) => department.name = Text::of(value),
                Some(Field::Aliases) => department.aliases = Text::list(value),
                Some(Field::First) => department.first = fiscal_year(value),
                Some(Field::Last) => department.last = fiscal_year(value),
                Some(Field::Successor) => department.successor = Text::of(value),
                Some(Field::External) => department.external = value.is_true(),
                Some(Field::Group) => department.group = value.is_true(),
                _ => {}
            }
        }
        Some(department)
    }

    /// What people call it.
    #[must_use]
    pub fn title(&self) -> &'a str {
        self.name.map_or(self.id.text, |name| name.text)
    }

    /// Whether it exists in a fiscal year.
    #[must_use]
    pub fn exists_in(&self, year: FiscalYear) -> bool {
        self.first.is_none_or(|first| first <= year) && self.last.is_none_or(|last| year <= last)
    }
}

fn add_policies<'a>(node: Node<'a>, depth: usize, parent: Option<usize>, policies: &mut Vec<Policy<'a>>) {
    for item in node.items() {
        let Some(id) = item.get(Field::Id).and_then(Text::of) else { continue };
        let own = policies.len();
        policies.push(Policy {
            node: item,
            id,
            title: item.get(Field::Title).and_then(Text::of),
            tier: match item.get(Field::Tier).and_then(Node::text) {
                Some("basic") => Some(TierOfPolicy::Basic),
                Some("priority") => Some(TierOfPolicy::Priority),
                _ => None,
            },
            summary: item.get(Field::Summary).and_then(Text::of),
            depth,
            parent,
        });
        if let Some(below) = item.get(Field::Policies) {
            add_policies(below, depth + 1, Some(own), policies);
        }
    }
}

impl<'a> Helpline<'a> {
    fn of(node: Node<'a>) -> Option<Self> {
        Some(Self {
            name: node.get(Field::Name).and_then(Text::of)?,
            phone: node.get(Field::Phone).and_then(Text::of),
            hours: node.get(Field::Hours).and_then(Text::of),
        })
    }
}
