//! A schema without what it says to people: titles, descriptions and examples are two thirds of
//! its text, and no validator looks at them.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// Reads a schema from its text, leaving out what is for people.
///
/// # Errors
/// Where the text is not JSON.
pub(super) fn read(text: &str) -> Result<Value, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let schema = Place::Schema.deserialize(&mut reader)?;
    reader.end()?;
    Ok(schema)
}

/// What the keys of a mapping are.
#[derive(Clone, Copy)]
enum Place {
    /// Keywords of a schema.
    Schema,
    /// Names that the author of the schema chose, each with a schema.
    Names,
}

impl<'de> DeserializeSeed<'de> for Place {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a schema")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Place::Schema)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            let value = match (self, key.as_str()) {
                (Self::Schema, "title" | "description" | "examples") => {
                    members.next_value::<IgnoredAny>()?;
                    continue;
                }
                (Self::Schema, "enum" | "const" | "default") => members.next_value()?,
                (Self::Schema, "properties" | "patternProperties" | "$defs" | "dependentSchemas") => {
                    members.next_value_seed(Self::Names)?
                }
                _ => members.next_value_seed(Self::Schema)?,
            };
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_for_people_is_left_out() {
        let text = r#"{ "title": "t", "properties": { "title": { "description": "d", "type": "string" }, "examples": true },
            "enum": [{ "title": 1 }], "items": [{ "examples": [1], "minimum": -1.5 }], "const": { "description": null } }"#;
        let lean = r#"{ "properties": { "title": { "type": "string" }, "examples": true },
            "enum": [{ "title": 1 }], "items": [{ "minimum": -1.5 }], "const": { "description": null } }"#;
        let expected: Value = serde_json::from_str(lean).expect("JSON");
        assert_eq!(read(text).expect("JSON"), expected);
        assert!(read("{} {}").is_err());
    }
}
