//! A handle on one node of a document; aliases are followed without being seen. Long, for whatever
//! may be asked of a node is asked of this one type.

use super::arena::{Document, Raw, Step};
use super::field::Field;
use crate::source::{Source, Span};

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    /// Nothing: an empty value, `~` or `null`.
    Null,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Int,
    /// Any other number.
    Float,
    /// Text.
    Str,
    /// A list.
    Seq,
    /// Keys with values.
    Map,
    /// An alias; a [`Node`] never shows one.
    Alias,
}

/// One node. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    document: &'a Document<'a>,
    id: u32,
    /// One more than the alias through which the node was reached; 0 where there was none.
    via: u32,
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {:?}", self.kind(), self.raw())
    }
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && self.via == other.via && std::ptr::eq(self.document, other.document)
    }
}

impl<'a> Node<'a> {
    pub(super) fn new(document: &'a Document<'a>, id: u32) -> Self {
        Self { document, id, via: 0 }.resolved()
    }

    pub(super) fn raw_at(document: &'a Document<'a>, id: u32) -> Self {
        Self { document, id, via: 0 }
    }

    fn resolved(self) -> Self {
        let raw = self.stored();
        if raw.kind == Kind::Alias { Self { document: self.document, id: raw.data, via: self.id + 1 } } else { self }
    }

    #[inline]
    fn stored(self) -> Raw {
        self.document.nodes[self.id as usize]
    }

    fn child(self, id: u32) -> Self {
        Self { document: self.document, id, via: self.via }.resolved()
    }

    /// The document that holds it.
    #[must_use]
    #[inline]
    pub fn document(self) -> &'a Document<'a> {
        self.document
    }

    /// The file that holds it.
    #[must_use]
    #[inline]
    pub fn source(self) -> &'a Source {
        self.document.source
    }

    /// Its number in the document; nodes stand in the order in which they are written.
    #[must_use]
    #[inline]
    pub fn id(self) -> u32 {
        self.id
    }

    /// What it is.
    #[must_use]
    #[inline]
    pub fn kind(self) -> Kind {
        self.stored().kind
    }

    /// Whether a scalar stands in quotes or is a block scalar.
    #[must_use]
    pub fn is_quoted(self) -> bool {
        self.stored().quoted
    }

    /// Its bytes. A scalar's are with its quotes; a block scalar's begin at its first character.
    #[must_use]
    pub fn span(self) -> Span {
        self.stored().span
    }

    /// Its bytes where a finding can be shown: those of its key where it has none itself.
    #[must_use]
    pub fn place(self) -> Span {
        let span = self.span();
        if !span.is_empty() {
            return span;
        }
        match self.document.path(self.id).last() {
            Some((Step::Member(key), _)) => self.document.nodes[*key as usize].span,
            _ => Span::new(span.start.saturating_sub(1), span.start),
        }
    }

    /// The text of its bytes, as written.
    #[must_use]
    pub fn raw(self) -> &'a str {
        self.document.source.slice(self.span())
    }

    /// The alias through which it was reached.
    #[must_use]
    pub fn alias(self) -> Option<Span> {
        let id = self.via.checked_sub(1)?;
        Some(self.document.nodes[id as usize].span)
    }

    /// The field that a key names.
    #[must_use]
    #[inline]
    pub fn field(self) -> Option<Field> {
        self.stored().field
    }

    /// The text of a scalar of any kind; nothing for a collection or an empty value.
    #[must_use]
    #[inline]
    pub fn text(self) -> Option<&'a str> {
        let raw = self.stored();
        match raw.kind {
            Kind::Map | Kind::Seq | Kind::Alias | Kind::Null => None,
            _ => Some(self.scalar_text(raw)),
        }
    }

    /// The text of a node that is text to YAML.
    #[must_use]
    #[inline]
    pub fn as_str(self) -> Option<&'a str> {
        let raw = self.stored();
        (raw.kind == Kind::Str).then(|| self.scalar_text(raw))
    }

    /// The bytes of a scalar's text in the file: without its quotes.
    #[must_use]
    pub fn inner(self) -> Span {
        let raw = self.stored();
        let written = self.document.source.slice(raw.span);
        if raw.quoted && written.len() >= 2 && written.starts_with(['"', '\'']) {
            Span::new(raw.span.start + 1, raw.span.end - 1)
        } else {
            raw.span
        }
    }

    /// Whether the scalar's text is a part of the file, so that an offset in the one is an offset
    /// in the other.
    #[must_use]
    pub fn is_verbatim(self) -> bool {
        self.stored().data == 0
    }

    /// The bytes of a part of a scalar's text; all of it where the file writes it another way.
    #[must_use]
    pub fn part(self, range: std::ops::Range<usize>) -> Span {
        if self.is_verbatim() { self.inner().part(range) } else { self.span() }
    }

    #[inline]
    fn scalar_text(self, raw: Raw) -> &'a str {
        match raw.data {
            0 if raw.quoted => self.document.source.slice(Span::new(raw.span.start + 1, raw.span.end.max(raw.span.start + 2) - 1)),
            0 => self.document.source.slice(raw.span),
            index => &self.document.texts[index as usize - 1],
        }
    }

    /// The text of a key; of one that is no scalar, its bytes.
    #[must_use]
    #[inline]
    pub fn key_text(self) -> &'a str {
        let raw = self.stored();
        match raw.kind {
            Kind::Map | Kind::Seq | Kind::Alias => self.raw(),
            _ => self.scalar_text(raw),
        }
    }

    /// Whether it is `true`.
    #[must_use]
    pub fn is_true(self) -> bool {
        self.kind() == Kind::Bool && self.raw().eq_ignore_ascii_case("true")
    }

    /// A whole number that fits.
    #[must_use]
    pub fn as_i64(self) -> Option<i64> {
        if self.kind() != Kind::Int {
            return None;
        }
        let text = self.raw();
        if let Some(hex) = text.strip_prefix("0x") {
            return i64::from_str_radix(hex, 16).ok();
        }
        if let Some(octal) = text.strip_prefix("0o") {
            return i64::from_str_radix(octal, 8).ok();
        }
        text.parse().ok()
    }

    /// How many items or pairs a collection holds.
    #[must_use]
    pub fn len(self) -> usize {
        let raw = self.stored();
        match raw.kind {
            Kind::Seq => raw.data as usize,
            Kind::Map => raw.data as usize / 2,
            _ => 0,
        }
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether it is a mapping.
    #[must_use]
    #[inline]
    pub fn is_map(self) -> bool {
        self.kind() == Kind::Map
    }

    /// The items of a list; none where it is no list.
    #[inline]
    pub fn items(self) -> Children<'a> {
        let raw = self.stored();
        let end = if raw.kind == Kind::Seq { raw.next } else { self.id + 1 };
        Children { node: self, at: self.id + 1, end }
    }

    /// The items of a list, or the node itself where one stands for a list of one.
    pub fn each(self) -> impl Iterator<Item = Node<'a>> {
        let (items, one) = match self.kind() {
            Kind::Seq => (Some(self.items()), None),
            Kind::Null => (None, None),
            _ => (None, Some(self)),
        };
        items.into_iter().flatten().chain(one)
    }

    /// The pairs of a mapping; none where it is no mapping.
    #[inline]
    pub fn members(self) -> Members<'a> {
        let raw = self.stored();
        let end = if raw.kind == Kind::Map { raw.next } else { self.id + 1 };
        Members { node: self, at: self.id + 1, end }
    }

    /// The value of a field.
    #[must_use]
    #[inline]
    pub fn get(self, field: Field) -> Option<Node<'a>> {
        self.members().find(|(key, _)| key.field() == Some(field)).map(|(_, value)| value)
    }

    /// The key and value of that name.
    #[must_use]
    pub fn member(self, name: &str) -> Option<(Node<'a>, Node<'a>)> {
        self.members().find(|(key, _)| key.key_text() == name)
    }

    /// The key of this value in its mapping.
    #[must_use]
    pub fn key(self) -> Option<Node<'a>> {
        let id = if self.via > 0 && self.stored_is_alias_target() { self.via - 1 } else { self.id };
        match self.document.path(id).last() {
            Some((Step::Member(key), _)) => Some(Self::raw_at(self.document, *key)),
            _ => None,
        }
    }

    fn stored_is_alias_target(self) -> bool {
        let alias = self.document.nodes[(self.via - 1) as usize];
        alias.data == self.id
    }

    /// The JSON Pointer of this node in its YAML document (RFC 6901); inside an alias, the path
    /// through the alias.
    #[must_use]
    pub fn pointer(self) -> String {
        let mut pointer = String::new();
        for (step, _) in self.steps() {
            match step {
                Step::Member(key) | Step::Key(key) => {
                    pointer.push('/');
                    let text = Node::raw_at(self.document, key).key_text();
                    for character in text.chars() {
                        match character {
                            '~' => pointer.push_str("~0"),
                            '/' => pointer.push_str("~1"),
                            other => pointer.push(other),
                        }
                    }
                }
                Step::Index(index) => {
                    pointer.push('/');
                    pointer.push_str(&index.to_string());
                }
            }
        }
        pointer
    }

    /// The same path with each item of a list named by what identifies it (`id`, `measure`,
    /// `indicator`, `year`, else its title) instead of its number, so that it survives what is added before it.
    #[must_use]
    pub fn stable_path(self) -> String {
        let mut path = String::new();
        for (step, id) in self.steps() {
            path.push('/');
            match step {
                Step::Member(key) | Step::Key(key) => path.push_str(Node::raw_at(self.document, key).key_text()),
                Step::Index(index) => match Node::new(self.document, id).identity() {
                    Some(identity) => path.push_str(&identity),
                    None => path.push_str(&index.to_string()),
                },
            }
        }
        path
    }

    fn identity(self) -> Option<String> {
        if !self.is_map() {
            return self.text().map(ToOwned::to_owned);
        }
        let mut name = None;
        let mut title = None;
        let mut parts = String::new();
        for (key, value) in self.members() {
            match key.field() {
                Some(Field::Title | Field::Name | Field::First) if title.is_none() => title = value.text(),
                Some(Field::Id | Field::Measure | Field::Indicator | Field::Grade) if name.is_none() => name = value.text(),
                Some(Field::Departments) => {
                    for department in value.each() {
                        parts.push('+');
                        parts.push_str(department.text().unwrap_or_default());
                    }
                }
                Some(Field::Year | Field::Date | Field::Month | Field::Department) => {
                    parts.push('@');
                    parts.push_str(value.text().unwrap_or_default());
                }
                _ => {}
            }
        }
        match name {
            None if parts.is_empty() => title.map(ToOwned::to_owned),
            name => Some(format!("{}{parts}", name.unwrap_or_default())),
        }
    }

    fn steps(self) -> Vec<(Step, u32)> {
        let Some(alias) = self.via.checked_sub(1) else {
            return self.document.path(self.id);
        };
        let target = self.document.nodes[alias as usize].data;
        let mut steps = self.document.path(alias);
        let inside = self.document.path(self.id);
        let above = self.document.path(target).len();
        steps.extend(inside.into_iter().skip(above));
        steps
    }

    /// The node that a JSON Pointer leads to; the nearest one above where it leads nowhere.
    #[must_use]
    pub fn at(self, segments: impl Iterator<Item = impl AsRef<str>>) -> Node<'a> {
        let mut node = self;
        for segment in segments {
            let segment = segment.as_ref();
            let next = match node.kind() {
                Kind::Map => node.member(segment).map(|(_, value)| value),
                Kind::Seq => segment.parse().ok().and_then(|index| node.items().nth(index)),
                _ => None,
            };
            match next {
                Some(next) => node = next,
                None => return node,
            }
        }
        node
    }
}

/// The items of a list.
#[derive(Clone)]
pub struct Children<'a> {
    node: Node<'a>,
    at: u32,
    end: u32,
}

impl<'a> Iterator for Children<'a> {
    type Item = Node<'a>;

    #[inline]
    fn next(&mut self) -> Option<Node<'a>> {
        if self.at >= self.end {
            return None;
        }
        let id = self.at;
        self.at = self.node.document.nodes[id as usize].next;
        Some(self.node.child(id))
    }
}

/// The pairs of a mapping.
#[derive(Clone)]
pub struct Members<'a> {
    node: Node<'a>,
    at: u32,
    end: u32,
}

impl<'a> Iterator for Members<'a> {
    type Item = (Node<'a>, Node<'a>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.end {
            return None;
        }
        let key = self.at;
        let value = self.node.document.nodes[key as usize].next;
        if value >= self.end {
            return None;
        }
        self.at = self.node.document.nodes[value as usize].next;
        let document = self.node.document;
        Some((Node { document, id: key, via: self.node.via }, self.node.child(value)))
    }
}
