//! Dates of running text for several rules at once.

use std::cell::RefCell;
use std::rc::Rc;

use crate::calendar::{FoundDate, find_dates};
use crate::document::Node;

/// The dates in the texts of one entry: each text is read once.
#[derive(Debug, Default)]
pub struct Dates(RefCell<Vec<(u32, Rc<[FoundDate]>)>>);

impl Dates {
    pub(super) fn of(&self, node: Node<'_>, text: &str) -> Rc<[FoundDate]> {
        let mut known = self.0.borrow_mut();
        if let Some((_, dates)) = known.iter().find(|(id, _)| *id == node.id()) {
            return Rc::clone(dates);
        }
        let dates: Rc<[FoundDate]> = find_dates(text).collect();
        known.push((node.id(), Rc::clone(&dates)));
        dates
    }
}
