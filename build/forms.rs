//! Reads the schemas of `schemas/` into static tables, against which everyday documents are held
//! when the program runs (`src/schema/form.rs`).
//!
//! A keyword that is not known here closes its place: what stands there is left to the validator.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use serde_yaml::{Mapping, Value};

use super::Failure;

/// The tables of the schemas of these names, each under its name in capitals.
pub fn write(names: &[&str]) -> Result<String, Failure> {
    let mut out = String::new();
    for name in names {
        let path = format!("schemas/{name}.schema.json");
        let root: Value = serde_yaml::from_str(&fs::read_to_string(&path)?)?;
        let mut tables = Tables { name: name.to_uppercase(), root: &root, known: BTreeMap::new(), alike: BTreeMap::new(), made: 0, out: &mut out };
        let top = tables.form(&root).map_err(|error| format!("{path}: {error}"))?;
        writeln!(out, "/// The form of {path}.\npub(super) static {}: &Form = {top};", name.to_uppercase())?;
    }
    Ok(out)
}

/// The tables of one schema.
struct Tables<'a> {
    name: String,
    root: &'a Value,
    /// Places that references lead to, with what stands for them.
    known: BTreeMap<String, String>,
    /// Forms by what they are made of: many places are alike.
    alike: BTreeMap<String, String>,
    made: usize,
    out: &'a mut String,
}

/// Keywords that ask for nothing.
const ANNOTATIONS: &[&str] = &["title", "description", "examples", "$schema", "$id", "$defs"];

/// The types of JSON, and the kinds of nodes that are of them for certain.
const TYPES: &[(&str, &str)] = &[
    ("null", "NULL"),
    ("boolean", "BOOL"),
    ("integer", "INT"),
    ("number", "INT | FLOAT"),
    ("string", "STR"),
    ("array", "SEQ"),
    ("object", "MAP"),
];

impl Tables<'_> {
    /// An expression for the form of a schema.
    fn form(&mut self, schema: &Value) -> Result<String, Failure> {
        if let Some(reference) = reference(schema) {
            return self.referred(reference);
        }
        if let Value::Bool(any) = schema {
            return Ok(if *any { "&OPEN" } else { "&SHUT" }.into());
        }
        let Some(body) = self.body(&keywords(schema)?)? else { return Ok("&SHUT".into()) };
        if let Some(name) = self.alike.get(&body) {
            return Ok(format!("&{name}"));
        }
        let name = self.next();
        writeln!(self.out, "static {name}: Form = Form {{ {body}..ANY }};")?;
        self.alike.insert(body, name.clone());
        Ok(format!("&{name}"))
    }

    fn next(&mut self) -> String {
        self.made += 1;
        format!("{}_{}", self.name, self.made)
    }

    /// What a reference leads to; it may lead to a place that holds the reference.
    fn referred(&mut self, from: &str) -> Result<String, Failure> {
        let mut path = from.to_owned();
        let target = loop {
            if let Some(known) = self.known.get(&path) {
                return Ok(known.clone());
            }
            let mut target = self.root;
            for segment in path.strip_prefix("#/").ok_or_else(|| format!("{path} leads out of the schema"))?.split('/') {
                target = target.get(segment).ok_or_else(|| format!("{path} leads nowhere"))?;
            }
            match reference(target) {
                Some(next) if next != path => path = next.to_owned(),
                Some(_) => return Err(format!("{path} leads to itself").into()),
                None => break target,
            }
        };
        let name = self.next();
        self.known.insert(path, format!("&{name}"));
        let form = self.form(target)?;
        writeln!(self.out, "use {} as {name};", &form[1..])?;
        Ok(format!("&{name}"))
    }

    /// The parts of a form; none where it is to be closed.
    fn body(&mut self, said: &[(&str, &Value)]) -> Result<Option<String>, Failure> {
        let get = |name: &str| said.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
        let mut out = String::new();
        let mut demands = Vec::new();
        let slots: Vec<&str> = match get("properties") {
            Some(properties) => properties.as_mapping().into_iter().flat_map(Mapping::keys).filter_map(Value::as_str).collect(),
            None => Vec::new(),
        };
        let mask = |names: &Value| -> Option<u64> {
            let names = names.as_sequence()?;
            names.iter().try_fold(0u64, |mask, name| Some(mask | 1 << slots.iter().position(|slot| Some(*slot) == name.as_str())?))
        };
        if slots.len() > 64 {
            return Ok(None);
        }
        for (key, value) in said {
            match *key {
                "type" => write!(out, "kinds: {}, {}", kinds(value)?, if is_whole(value) { "whole: true, " } else { "" })?,
                "const" | "enum" => {
                    let list = if *key == "const" { std::slice::from_ref(*value) } else { value.as_sequence().map_or(&[][..], Vec::as_slice) };
                    let words: Option<Vec<&str>> = list.iter().map(Value::as_str).collect();
                    match words {
                        Some(words) if get("type").is_none() && get("pattern").is_none() => write!(out, "kinds: STR, words: &{words:?}, ")?,
                        _ => return Ok(None),
                    }
                }
                "pattern" => match alternatives(value.as_str().unwrap_or_default()) {
                    Some(words) => write!(out, "words: &{words:?}, ")?,
                    None => return Ok(None),
                },
                "format" => write!(out, "format: Some(format({:?})), ", value.as_str().unwrap_or_default())?,
                "minLength" => write!(out, "least_characters: {}, ", whole(value)?)?,
                "minimum" => write!(out, "minimum: {}, ", whole(value)?)?,
                "maximum" => write!(out, "maximum: {}, ", whole(value)?)?,
                "minItems" | "minProperties" => {
                    write!(out, "{}: {}, ", if *key == "minItems" { "least_items" } else { "least_members" }, whole(value)?)?;
                }
                "maxItems" => write!(out, "most_items: {}, ", whole(value)?)?,
                "items" => write!(out, "items: {}, ", self.form(value)?)?,
                "prefixItems" => {
                    let first: Result<Vec<String>, Failure> =
                        value.as_sequence().into_iter().flatten().map(|item| self.form(item)).collect();
                    write!(out, "first: &[{}], ", first?.join(", "))?;
                }
                "properties" => {
                    let members: Result<Vec<String>, Failure> =
                        value.as_mapping().into_iter().flat_map(Mapping::values).map(|member| self.form(member)).collect();
                    write!(out, "slots: &slots(&{slots:?}), members: &[{}], ", members?.join(", "))?;
                }
                "additionalProperties" => write!(out, "rest: {}, ", self.form(value)?)?,
                "propertyNames" => {
                    let format = value.get("format").and_then(Value::as_str);
                    match (format, value.as_mapping().map(Mapping::len)) {
                        (Some(format), Some(1)) => write!(out, "names: Some(format({format:?})), ")?,
                        _ => return Ok(None),
                    }
                }
                "required" => match mask(value) {
                    Some(then) => demands.push(format!("Demand {{ of: 0, when: 0, then: {then} }}")),
                    None => return Ok(None),
                },
                "dependentRequired" => {
                    for (name, others) in value.as_mapping().into_iter().flatten() {
                        match (mask(&Value::Sequence(vec![name.clone()])), mask(others)) {
                            (Some(of), Some(then)) => demands.push(format!("Demand {{ of: {of}, when: {of}, then: {then} }}")),
                            _ => return Ok(None),
                        }
                    }
                }
                // Where one name is there, and otherwise.
                "if" | "then" | "else" => {}
                _ => return Ok(None),
            }
        }
        if let Some(condition) = get("if") {
            let names = |schema: &Value| match schema.as_mapping().map(Mapping::len) {
                Some(1) => schema.get("required").and_then(mask),
                _ => None,
            };
            let one = names(condition).filter(|mask| mask.is_power_of_two());
            for (branch, when) in [("then", one.unwrap_or(0)), ("else", 0)] {
                match (one, get(branch).map(names)) {
                    (_, None) => {}
                    (Some(of), Some(Some(then))) => demands.push(format!("Demand {{ of: {of}, when: {when}, then: {then} }}")),
                    _ => return Ok(None),
                }
            }
        }
        if !demands.is_empty() {
            write!(out, "demands: &[{}], ", demands.join(", "))?;
        }
        Ok(Some(out))
    }
}

/// What a schema says besides what it says to people.
fn keywords(schema: &Value) -> Result<Vec<(&str, &Value)>, Failure> {
    let keywords = schema.as_mapping().ok_or("a schema is a mapping or a truth value")?;
    let keywords = keywords.iter().filter_map(|(key, value)| Some((key.as_str()?, value)));
    Ok(keywords.filter(|(key, _)| !ANNOTATIONS.contains(key)).collect())
}

/// Where a schema leads to that is a reference and nothing else.
fn reference(schema: &Value) -> Option<&str> {
    match keywords(schema).ok()?.as_slice() {
        [("$ref", path)] => path.as_str(),
        _ => None,
    }
}

fn names(value: &Value) -> Vec<&str> {
    match value {
        Value::Sequence(names) => names.iter().filter_map(Value::as_str).collect(),
        value => value.as_str().into_iter().collect(),
    }
}

fn kinds(value: &Value) -> Result<String, Failure> {
    let kind = |name: &&str| TYPES.iter().find(|(known, _)| known == name).map(|(_, kind)| (*kind).to_owned());
    let kinds: Option<Vec<String>> = names(value).iter().map(kind).collect();
    Ok(kinds.filter(|kinds| !kinds.is_empty()).ok_or_else(|| format!("{value:?} is no type"))?.join(" | "))
}

fn is_whole(value: &Value) -> bool {
    names(value).contains(&"integer")
}

fn whole(value: &Value) -> Result<i64, Failure> {
    value.as_i64().ok_or_else(|| format!("{value:?} is no whole number").into())
}

/// The words of `^(a|b)$`, `^a$`: a pattern that is a list of words.
fn alternatives(pattern: &str) -> Option<Vec<&str>> {
    let inner = pattern.strip_prefix('^')?.strip_suffix('$')?;
    let list = inner.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    let words: Vec<&str> = list.map_or_else(|| vec![inner], |list| list.split('|').collect());
    let is_word = |word: &&str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    words.iter().all(is_word).then_some(words)
}
