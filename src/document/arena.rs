//! The arena and how it is built, whichever parser reads the text: both in one file, so that nothing
//! else writes what the arena holds.

use std::collections::HashMap;
use std::collections::HashSet;

use super::fault::{Fault, FaultKind};
use super::field::{FIELDS, Field};
use super::node::{Kind, Node};
use super::scalar;
use crate::source::{Source, Span};

/// What a file may ask of the program.
#[derive(Clone, Debug)]
pub struct Limits {
    /// How deep nodes may nest, aliases followed.
    pub depth: u32,
    /// How many nodes a file may hold with its aliases written out, beyond ten for each node that
    /// it really holds.
    pub expansion: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth: 64, expansion: 100_000 }
    }
}

/// One node as it is stored. `next` is the index after its subtree; `data` is, for a scalar, one
/// more than the index of its own text (0: the text is a part of the file); for a collection the
/// number of its children (a mapping's keys and values both); for an alias the node it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Raw {
    pub span: Span,
    pub next: u32,
    pub data: u32,
    pub kind: Kind,
    pub quoted: bool,
    pub field: Option<Field>,
}

/// A comment: its bytes from `#` to the end of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Where it stands.
    pub span: Span,
}

/// A file, parsed.
#[derive(Debug)]
pub struct Document<'a> {
    pub(super) source: &'a Source,
    pub(super) nodes: Vec<Raw>,
    pub(super) texts: Vec<Box<str>>,
    comments: Vec<Comment>,
    duplicates: Vec<(u32, u32)>,
    roots: Vec<u32>,
    aliases: Vec<u32>,
}

impl<'a> Document<'a> {
    /// The file.
    #[must_use]
    pub fn source(&self) -> &'a Source {
        self.source
    }

    /// The top nodes of the YAML documents in the file, those without content left out.
    pub fn roots(&self) -> impl Iterator<Item = Node<'_>> {
        self.roots.iter().map(|id| Node::new(self, *id))
    }

    /// Every comment, in the order of the file.
    #[must_use]
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// Keys that stand in a mapping a second time, each with the first.
    pub fn duplicates(&self) -> impl Iterator<Item = (Node<'_>, Node<'_>)> {
        self.duplicates.iter().map(|(again, first)| (Node::new(self, *again), Node::new(self, *first)))
    }

    /// The number of nodes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether the file has no content.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.roots.is_empty()
    }

    /// Every node that is written in the file, in document order; aliases are not followed.
    pub fn nodes(&self) -> impl Iterator<Item = Node<'_>> {
        (0..self.nodes.len()).map(|id| Node::raw_at(self, u32::try_from(id).unwrap_or(u32::MAX)))
    }

    /// Whether any node is an alias.
    #[must_use]
    pub fn has_aliases(&self) -> bool {
        !self.aliases.is_empty()
    }

    /// How this document differs from another of the same text: in a node, its bytes, its text, a
    /// comment or a doubled key. For the test that holds two parsers together.
    #[must_use]
    pub fn difference(&self, other: &Document<'_>) -> Option<String> {
        if self.roots != other.roots || self.comments != other.comments || self.duplicates != other.duplicates {
            return Some(format!(
                "roots {:?} / {:?}, comments {:?} / {:?}, duplicates {:?} / {:?}",
                self.roots, other.roots, self.comments, other.comments, self.duplicates, other.duplicates
            ));
        }
        let text = |document: &Document<'_>, raw: &Raw| match (raw.kind, raw.data) {
            (Kind::Seq | Kind::Map | Kind::Alias, _) | (_, 0) => None,
            (_, index) => Some(document.texts[index as usize - 1].to_string()),
        };
        let shape = |raw: &Raw| Raw { data: if matches!(raw.kind, Kind::Seq | Kind::Map | Kind::Alias) { raw.data } else { 0 }, ..*raw };
        let pairs = self.nodes.iter().zip(&other.nodes);
        let differing = pairs.clone().position(|(a, b)| shape(a) != shape(b) || text(self, a) != text(other, b));
        match differing {
            Some(at) => Some(format!(
                "node {at}: {:?} {:?} / {:?} {:?}",
                self.nodes[at],
                text(self, &self.nodes[at]),
                other.nodes[at],
                text(other, &other.nodes[at])
            )),
            None if self.nodes.len() != other.nodes.len() => Some(format!("{} / {} nodes", self.nodes.len(), other.nodes.len())),
            None => None,
        }
    }

    /// The pointer to a node, and with each step the node that it leads to.
    pub(super) fn path(&self, id: u32) -> Vec<(Step, u32)> {
        let mut path = Vec::new();
        let Some(mut at) = self.roots.iter().rev().find(|root| **root <= id).copied() else {
            return path;
        };
        while at != id {
            let raw = self.nodes[at as usize];
            let map = raw.kind == Kind::Map;
            let mut child = at + 1;
            let mut index = 0u32;
            let mut found = None;
            while child < raw.next {
                let end = self.nodes[child as usize].next;
                if map {
                    let value_end = self.nodes.get(end as usize).map_or(end, |value| value.next);
                    if id < value_end {
                        found = Some(if id < end { (Step::Key(child), child) } else { (Step::Member(child), end) });
                        break;
                    }
                    child = value_end;
                } else {
                    if id < end {
                        found = Some((Step::Index(index), child));
                        break;
                    }
                    child = end;
                }
                index += 1;
            }
            let Some((step, next)) = found else { return path };
            path.push((step, next));
            at = next;
        }
        path
    }
}

/// One step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Into the value of this key.
    Member(u32),
    /// To a key itself.
    Key(u32),
    /// To the item of this number.
    Index(u32),
}

/// An open collection.
#[derive(Debug)]
struct Frame {
    id: u32,
    children: u32,
    map: bool,
    /// Levels below, aliases written out.
    height: u32,
    anchor: Option<usize>,
    /// `aliased` where it was opened.
    aliased: u64,
    seen: Seen,
}

/// Which keys a mapping has, as bits: enough to say that none stands there twice.
#[derive(Debug, Default)]
struct Seen {
    fields: [u64; FIELDS.len().div_ceil(64)],
    /// The bits of keys that are no fields, by their bytes: two keys may share one.
    others: u64,
    /// A key may be there a second time.
    again: bool,
}

impl Seen {
    #[inline]
    fn add(&mut self, field: Option<Field>, name: &[u8]) {
        let (bits, number) = match field {
            Some(field) => (&mut self.fields[field as usize / 64], field as usize % 64),
            None => (&mut self.others, mixed(name)),
        };
        self.again |= *bits >> number & 1 == 1;
        *bits |= 1 << number;
    }
}

/// A number from 0 to 63 for a name.
#[inline]
fn mixed(name: &[u8]) -> usize {
    let at = |index: usize| name.get(index).map_or(0, |byte| usize::from(*byte));
    let last = at(name.len().wrapping_sub(1));
    (name.len() ^ at(0) ^ at(name.len() / 2).wrapping_mul(5) ^ last.wrapping_mul(11)) % 64
}

/// What an anchor stands for, once its node is complete.
#[derive(Clone, Copy, Debug)]
struct Anchored {
    id: u32,
    complete: bool,
    expanded: u64,
    height: u32,
}

/// Builds an arena from the events of a parser.
#[derive(Debug)]
pub struct Builder<'a> {
    document: Document<'a>,
    /// The bytes of the file.
    bytes: &'a [u8],
    limits: Limits,
    stack: Vec<Frame>,
    /// Where the last thing ends.
    end: u32,
    /// Nodes that the aliases stand for, besides themselves.
    aliased: u64,
    anchors: HashMap<usize, Anchored>,
    total: u64,
}

/// Mappings with more keys than this are searched for duplicates with a hash set.
const FEW_KEYS: usize = 24;

impl<'a> Builder<'a> {
    /// An empty arena for a file.
    #[must_use]
    pub fn new(source: &'a Source, limits: &Limits) -> Self {
        let estimate = source.text().len() / 14 + 8;
        Self {
            document: Document {
                source,
                nodes: Vec::with_capacity(estimate),
                texts: Vec::new(),
                comments: Vec::new(),
                duplicates: Vec::new(),
                roots: Vec::new(),
                aliases: Vec::new(),
            },
            bytes: source.text().as_bytes(),
            limits: limits.clone(),
            stack: Vec::with_capacity(16),
            end: 0,
            aliased: 0,
            anchors: HashMap::new(),
            total: 0,
        }
    }

    /// The arena.
    #[must_use]
    pub fn finish(self) -> Document<'a> {
        self.document
    }

    /// Anchors do not carry from one YAML document to the next.
    pub fn end_document(&mut self) {
        self.anchors.clear();
    }

    /// A comment.
    pub fn comment(&mut self, span: Span) {
        self.document.comments.push(Comment { span });
    }

    /// A scalar whose text is a part of the file: the whole span where it is plain, what is
    /// between the quotes where it is quoted.
    #[inline]
    pub fn borrowed(&mut self, span: Span, quoted: bool) -> u32 {
        let side = u32::from(quoted);
        let inner = self.bytes.get((span.start + side) as usize..(span.end - side) as usize).unwrap_or_default();
        let kind = if quoted { Kind::Str } else { scalar::resolve(inner) };
        self.add(Raw { span, next: 0, data: 0, kind, quoted, field: None }, Some(inner))
    }

    /// A scalar with a text of its own: one with escapes, or over several lines.
    pub fn owned(&mut self, span: Span, quoted: bool, text: Box<str>) -> u32 {
        self.document.texts.push(text);
        let data = u32::try_from(self.document.texts.len()).unwrap_or(u32::MAX);
        self.push(span, Kind::Str, quoted, data, None)
    }

    /// Nothing, where a value could stand; it is placed behind the last thing before it.
    pub fn nothing(&mut self, at: u32) -> u32 {
        let before = &self.document.source.text().as_bytes()[..at as usize];
        let spaces = before.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let floor = self.stack.last().map_or(0, |frame| self.document.nodes[frame.id as usize].span.start);
        let at = (at - spaces as u32).max(floor.min(at));
        self.push(Span::new(at, at), Kind::Null, false, 0, Some(&[]))
    }

    /// Makes a scalar the text that a `!!str` tag says it is.
    pub fn force_text(&mut self, id: u32) {
        self.document.nodes[id as usize].kind = Kind::Str;
    }

    /// Opens a mapping or a sequence.
    ///
    /// # Errors
    /// Where it nests too deep.
    pub fn open(&mut self, start: u32, map: bool) -> Result<u32, Fault> {
        let kind = if map { Kind::Map } else { Kind::Seq };
        let id = self.push(Span::new(start, start), kind, false, 0, None);
        if self.stack.len() as u32 >= self.limits.depth {
            return Err(Fault::new(FaultKind::TooDeep, Span::new(start, start + 1)));
        }
        self.stack.push(Frame { id, children: 0, map, height: 0, anchor: None, aliased: self.aliased, seen: Seen::default() });
        Ok(id)
    }

    /// Whether the innermost open collection is a mapping.
    #[must_use]
    pub fn is_in_mapping(&self) -> bool {
        self.stack.last().is_some_and(|frame| frame.map)
    }

    /// Closes the innermost collection; `end` is where its bracket ends, if it has one.
    pub fn close(&mut self, end: Option<u32>) {
        let Some(frame) = self.stack.pop() else { return };
        let next = u32::try_from(self.document.nodes.len()).unwrap_or(u32::MAX);
        let raw = &mut self.document.nodes[frame.id as usize];
        raw.span.end = end.unwrap_or(self.end);
        raw.next = next;
        raw.data = frame.children;
        self.end = self.end.max(raw.span.end);
        if let Some(anchored) = frame.anchor.and_then(|anchor| self.anchors.get_mut(&anchor)) {
            anchored.complete = true;
            anchored.expanded = u64::from(next - frame.id).saturating_add(self.aliased - frame.aliased);
            anchored.height = frame.height + 1;
        }
        if let Some(parent) = self.stack.last_mut() {
            parent.height = parent.height.max(frame.height + 1);
        }
        if frame.map && (frame.seen.again || frame.children > 2 * FEW_KEYS as u32) {
            self.find_duplicates(frame.id);
        }
    }

    /// Gives a node an anchor. A collection is given it when it is opened.
    pub fn anchor(&mut self, id: u32, anchor: usize) {
        let open = self.stack.last_mut().filter(|frame| frame.id == id);
        let complete = open.is_none();
        if let Some(frame) = open {
            frame.anchor = Some(anchor);
        }
        self.anchors.insert(anchor, Anchored { id, complete, expanded: 1, height: 0 });
    }

    /// An alias of a node with an anchor.
    ///
    /// # Errors
    /// Where it stands inside the node that it names, or the file would grow beyond its limits.
    pub fn alias(&mut self, span: Span, anchor: usize) -> Result<u32, Fault> {
        let Some(target) = self.anchors.get(&anchor).copied() else {
            return Err(Fault::new(FaultKind::UnknownAlias, span));
        };
        if !target.complete {
            return Err(Fault::new(FaultKind::RecursiveAlias, span));
        }
        self.total = self.total.saturating_add(target.expanded);
        self.aliased = self.aliased.saturating_add(target.expanded);
        let allowed = self.limits.expansion.saturating_add(10 * self.document.nodes.len() as u64);
        if self.total > allowed {
            return Err(Fault::new(FaultKind::AliasExpansion, span));
        }
        if self.stack.len() as u32 + target.height > self.limits.depth {
            return Err(Fault::new(FaultKind::TooDeep, span));
        }
        let id = self.push(span, Kind::Alias, false, target.id, None);
        self.document.aliases.push(id);
        if let Some(frame) = self.stack.last_mut() {
            frame.height = frame.height.max(target.height);
        }
        Ok(id)
    }

    fn push(&mut self, span: Span, kind: Kind, quoted: bool, data: u32, name: Option<&[u8]>) -> u32 {
        self.add(Raw { span, next: 0, data, kind, quoted, field: None }, name)
    }

    /// Adds a node; `name` is what it is called where it is a key, if its bytes say so.
    #[inline]
    fn add(&mut self, mut raw: Raw, name: Option<&[u8]>) -> u32 {
        let id = self.document.nodes.len() as u32;
        raw.next = id + 1;
        self.end = self.end.max(raw.span.end);
        match self.stack.last_mut() {
            Some(frame) => {
                if frame.map && frame.children & 1 == 0 {
                    match name {
                        Some(name) => {
                            raw.field = Field::of_bytes(name);
                            frame.seen.add(raw.field, name);
                        }
                        None => frame.seen.again = true,
                    }
                }
                frame.children += 1;
            }
            None => self.root(id, raw.kind, raw.span),
        }
        self.document.nodes.push(raw);
        id
    }

    #[cold]
    fn root(&mut self, id: u32, kind: Kind, span: Span) {
        self.total += 1;
        if !(kind == Kind::Null && span.is_empty()) {
            self.document.roots.push(id);
        }
    }

    fn find_duplicates(&mut self, id: u32) {
        let document = &self.document;
        let keys: Vec<u32> = Node::raw_at(document, id).members().map(|(key, _)| key.id()).collect();
        let keys = keys.as_slice();
        let text = |id: u32| Node::raw_at(document, id).key_text();
        let mut found = Vec::new();
        if keys.len() <= FEW_KEYS {
            for (index, key) in keys.iter().enumerate() {
                let raw = document.nodes[*key as usize];
                let first = keys[..index].iter().find(|other| {
                    let field = document.nodes[**other as usize].field;
                    if raw.field.is_some() || field.is_some() { raw.field == field } else { text(**other) == text(*key) }
                });
                if let Some(first) = first {
                    found.push((*key, *first));
                }
            }
        } else {
            let mut seen = HashSet::with_capacity(keys.len());
            for key in keys {
                if !seen.insert(text(*key)) {
                    let first = keys.iter().find(|other| text(**other) == text(*key));
                    found.push((*key, first.copied().unwrap_or(*key)));
                }
            }
        }
        self.document.duplicates.extend(found);
    }
}
