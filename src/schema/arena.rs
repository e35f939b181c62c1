//! The arena as the JSON that the validator reads.

use std::borrow::Cow;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, JsonNumber, Node as JsonNode, NodeIdentity, Object};
use serde_json::Value;

use crate::document::{Children, Field, Kind, Members, Node};

/// The arena as a representation of JSON.
#[derive(Debug)]
pub struct Arena;

/// A node of the arena, or a key that is validated as a text.
#[derive(Clone, Copy)]
pub enum View<'a> {
    /// A node.
    Node(Node<'a>),
    /// A key.
    Text(&'a str),
}

/// A key as the validator looks it up.
#[derive(Debug)]
pub struct PreparedKey {
    field: Option<Field>,
    name: Box<str>,
}

impl Json for Arena {
    type Node<'a> = View<'a>;
    type PreparedKey = PreparedKey;
    type StringBuffer = ();
    const KEYS_PER_LOOKUP: usize = 4;

    fn prepare_key(key: &str) -> PreparedKey {
        PreparedKey { field: Field::of(key), name: key.into() }
    }

    fn with_string_node<T>(_buffer: &mut (), string: &str, f: impl FnOnce(View<'_>) -> T) -> T {
        f(View::Text(string))
    }
}

/// A number as it is written.
pub struct Number<'a> {
    text: &'a str,
    whole: Option<i64>,
}

impl JsonNumber for Number<'_> {
    fn as_u64(&self) -> Option<u64> {
        self.whole.and_then(|whole| u64::try_from(whole).ok())
    }

    fn as_i64(&self) -> Option<i64> {
        self.whole
    }

    fn as_f64(&self) -> Option<f64> {
        match self.whole {
            #[allow(clippy::cast_precision_loss)]
            Some(whole) => Some(whole as f64),
            None => self.text.parse().ok(),
        }
    }

    fn as_str(&self) -> Cow<'_, str> {
        match self.whole {
            Some(whole) => Cow::Owned(whole.to_string()),
            None => Cow::Borrowed(self.text),
        }
    }

    fn to_number(&self) -> Cow<'_, serde_json::Number> {
        let float = || self.as_f64().and_then(serde_json::Number::from_f64);
        Cow::Owned(self.whole.map(Into::into).or_else(float).unwrap_or_else(|| 0.into()))
    }

    fn is_integer(&self) -> bool {
        self.whole.is_some() || self.as_f64().is_some_and(|number| number.fract() == 0.0)
    }

    fn is_written_as_integer(&self) -> bool {
        self.whole.is_some()
    }
}

impl<'a> View<'a> {
    fn node(self) -> Option<Node<'a>> {
        match self {
            Self::Node(node) => Some(node),
            Self::Text(_) => None,
        }
    }
}

impl<'a> JsonNode<'a, Arena> for View<'a> {
    type Object = ObjectView<'a>;
    type Array = ArrayView<'a>;
    type Number = Number<'a>;

    fn as_object(&self) -> Option<ObjectView<'a>> {
        self.node().filter(|node| node.is_map()).map(ObjectView)
    }

    fn as_array(&self) -> Option<ArrayView<'a>> {
        self.node().filter(|node| node.kind() == Kind::Seq).map(ArrayView)
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        match self {
            Self::Node(node) => node.as_str().map(Cow::Borrowed),
            Self::Text(text) => Some(Cow::Borrowed(text)),
        }
    }

    fn as_number(&self) -> Option<Number<'a>> {
        let node = self.node()?;
        matches!(node.kind(), Kind::Int | Kind::Float).then(|| Number { text: node.raw(), whole: node.as_i64() })
    }

    fn as_boolean(&self) -> Option<bool> {
        let node = self.node()?;
        (node.kind() == Kind::Bool).then(|| node.is_true())
    }

    fn is_null(&self) -> bool {
        self.node().is_some_and(|node| node.kind() == Kind::Null)
    }

    fn is_number(&self) -> bool {
        self.node().is_some_and(|node| matches!(node.kind(), Kind::Int | Kind::Float))
    }

    fn is_string(&self) -> bool {
        self.node().is_none_or(|node| node.kind() == Kind::Str)
    }

    fn json_type(&self) -> JsonType {
        match self.node().map(Node::kind) {
            None | Some(Kind::Str | Kind::Alias) => JsonType::String,
            Some(Kind::Null) => JsonType::Null,
            Some(Kind::Bool) => JsonType::Boolean,
            Some(Kind::Int | Kind::Float) => JsonType::Number,
            Some(Kind::Seq) => JsonType::Array,
            Some(Kind::Map) => JsonType::Object,
        }
    }

    fn equals_value(&self, expected: &Value) -> bool {
        match (self, expected) {
            (Self::Text(text), Value::String(expected)) => *text == expected.as_str(),
            (Self::Node(node), Value::String(expected)) => node.as_str() == Some(expected.as_str()),
            _ => jsonschema::json::cmp::equal(&self.to_value(), expected),
        }
    }

    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(match self {
            Self::Text(text) => Value::String((*text).to_owned()),
            Self::Node(node) => value(*node),
        })
    }

    fn identity(&self) -> Option<NodeIdentity> {
        match self {
            Self::Node(node) => Some(NodeIdentity::tagged(std::ptr::from_ref(node.document()) as usize, node.id())),
            Self::Text(text) => Some(NodeIdentity::new(text.as_ptr() as usize)),
        }
    }
}

fn value(node: Node<'_>) -> Value {
    match node.kind() {
        Kind::Null => Value::Null,
        Kind::Bool => Value::Bool(node.is_true()),
        Kind::Int | Kind::Float => {
            let number = Number { text: node.raw(), whole: node.as_i64() };
            Value::Number(number.to_number().into_owned())
        }
        Kind::Str | Kind::Alias => Value::String(node.as_str().unwrap_or_default().to_owned()),
        Kind::Seq => Value::Array(node.items().map(value).collect()),
        Kind::Map => Value::Object(node.members().map(|(key, item)| (key.key_text().to_owned(), value(item))).collect()),
    }
}

/// A mapping.
#[derive(Clone, Copy)]
pub struct ObjectView<'a>(Node<'a>);

impl<'a> Object<'a, Arena> for ObjectView<'a> {
    type Node = View<'a>;
    type MemberName = &'a str;
    type MembersIter = MembersView<'a>;

    fn len(&self) -> usize {
        self.0.len()
    }

    fn get(&self, key: &PreparedKey) -> Option<View<'a>> {
        let value = match key.field {
            Some(field) => self.0.get(field),
            None => self.0.member(&key.name).map(|(_, value)| value),
        };
        value.map(View::Node)
    }

    fn members(&self) -> MembersView<'a> {
        MembersView(self.0.members())
    }
}

/// The pairs of a mapping.
pub struct MembersView<'a>(Members<'a>);

impl<'a> Iterator for MembersView<'a> {
    type Item = (&'a str, View<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (key.key_text(), View::Node(value)))
    }
}

/// A list.
#[derive(Clone, Copy)]
pub struct ArrayView<'a>(Node<'a>);

impl<'a> Array<'a, Arena> for ArrayView<'a> {
    type Node = View<'a>;
    type ElementsIter = ElementsView<'a>;

    fn len(&self) -> usize {
        self.0.len()
    }

    fn elements(&self) -> ElementsView<'a> {
        ElementsView(self.0.items())
    }
}

/// The items of a list.
pub struct ElementsView<'a>(Children<'a>);

impl<'a> Iterator for ElementsView<'a> {
    type Item = View<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(View::Node)
    }
}
