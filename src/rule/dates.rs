//! Dates of running text for several rules at once.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use crate::calendar::{FoundDate, find_dates};
use crate::document::Node;

/// The dates in the texts of one entry: each text is read once.
#[derive(Debug, Default)]
pub struct Dates {
    known: RefCell<Vec<(u32, Rc<[FoundDate]>)>>,
    /// The dates of a text without any, as most are.
    none: OnceCell<Rc<[FoundDate]>>,
}

impl Dates {
    pub(super) fn of(&self, node: Node<'_>, text: &str) -> Rc<[FoundDate]> {
        let mut known = self.known.borrow_mut();
        if let Some((_, dates)) = known.iter().find(|(id, _)| *id == node.id()) {
            return Rc::clone(dates);
        }
        let mut found = find_dates(text).peekable();
        let dates = match found.peek() {
            Some(_) => found.collect(),
            None => Rc::clone(self.none.get_or_init(|| Rc::new([]))),
        };
        known.push((node.id(), Rc::clone(&dates)));
        dates
    }
}
