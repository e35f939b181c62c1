//! Parsing: spans that stay right whatever the text holds, and properties over generated texts.

#![allow(clippy::unwrap_used)]

use planlint::document::{self, Document, FaultKind, Field, Kind, Limits, Node};
use planlint::source::{Source, SourceId};
use proptest::prelude::*;

fn with<T>(text: &str, f: impl FnOnce(&Document<'_>) -> T) -> T {
    let source = Source::new(SourceId(0), "a.yaml", text);
    let document = document::parse(&source, &Limits::default()).unwrap();
    f(&document)
}

/// The raw text of the value at a path.
fn raw(text: &str, path: &[&str]) -> String {
    with(text, |document| document.roots().next().unwrap().at(path.iter()).raw().to_owned())
}

#[test]
fn spans_stay_right() {
    for (what, text, path, wanted) in [
        ("Japanese", "計画: 健康づくり計画\n課: 健康課\n", &["課"][..], "健康課"),
        ("CRLF", "a: 計画\r\nb: 次\r\n", &["b"], "次"),
        ("a byte-order mark", "\u{feff}a: 計画\nb: 次\n", &["b"], "次"),
        ("tabs between tokens", "a:\t計画\nb:\t次\t# 注\n", &["b"], "次"),
        ("a literal block", "a: |\n  一行目\n  二行目\n\nb: 次\n", &["a"], "一行目\n  二行目"),
        ("a folded block", "a: >-\n  一行目\n  二行目\nb: 次\n", &["a"], "一行目\n  二行目"),
        ("after a block", "a: |\n  一行目\nb: 次\n", &["b"], "次"),
        ("flow style", "a: { 人: [延べ, \"実\"], b: '次' }\n", &["a", "人", "1"], "\"実\""),
        ("a whole flow mapping", "a: { b: [1, 2] }  # 注\n", &["a"], "{ b: [1, 2] }"),
        ("a block mapping", "a:\n  b: 1\n  c: 二\nd: 3\n", &["a"], "b: 1\n  c: 二"),
        ("an escape", "a: \"計\\u753b\"\nb: 次\n", &["a"], "\"計\\u753b\""),
        ("an anchor", "a: &x 計画\nb: *x\n", &["a"], "計画"),
        ("several lines of plain text", "a: 一\n  二\nb: 次\n", &["a"], "一\n  二"),
        ("a comment behind a value", "a: 計画 # 注\n", &["a"], "計画"),
    ] {
        assert_eq!(raw(text, path), wanted, "{what}");
    }
}

#[test]
fn a_node_reached_through_an_alias_stands_at_its_anchor() {
    with("a: &x { b: 計画 }\nc: *x\n", |document| {
        let node = document.roots().next().unwrap().at(["c", "b"].iter());
        assert_eq!(node.raw(), "計画");
        assert_eq!(node.source().slice(node.alias().unwrap()), "*x");
        assert_eq!(node.pointer(), "/c/b");
    });
}

#[test]
fn several_documents_in_one_file_are_all_read() {
    with("a: 1\n---\nb: 2\n...\n---\n# nothing\n---\nc: 3\n", |document| {
        let keys: Vec<String> = document.roots().map(|root| root.members().next().unwrap().0.key_text().to_owned()).collect();
        assert_eq!(keys, ["a", "b", "c"]);
        assert_eq!(document.roots().nth(2).unwrap().at(["c"].iter()).pointer(), "/c");
    });
}

#[test]
fn comments_and_duplicate_keys_are_kept() {
    with("# 頭\na: 1 # 横\nb: \"#\"\na: 2\n", |document| {
        let comments: Vec<&str> = document.comments().iter().map(|comment| document.source().slice(comment.span)).collect();
        assert_eq!(comments, ["# 頭", "# 横"]);
        let (again, first) = document.duplicates().next().unwrap();
        assert!(again.span().start > first.span().start);
    });
    // Many keys are searched another way.
    let text: String = (0..40).map(|n| format!("k{n}: 1\n")).chain(["k7: 2\n".to_owned()]).collect();
    with(&text, |document| assert_eq!(document.duplicates().next().unwrap().0.key_text(), "k7"));
}

#[test]
fn scalars_are_what_the_core_schema_says() {
    with("[~, null, true, 12, 012131, 1.50, 1e3, No, 9:30, 2024-10-25, '12', !!str 12]", |document| {
        let kinds: Vec<Kind> = document.roots().next().unwrap().items().map(Node::kind).collect();
        use Kind::{Bool, Float, Int, Null, Str};
        assert_eq!(kinds, [Null, Null, Bool, Int, Int, Float, Float, Str, Str, Str, Str, Str]);
    });
    assert_eq!(raw("a: 1.50", &["a"]), "1.50");
}

#[test]
fn what_asks_for_too_much_is_refused_at_its_place() {
    let fault = |text: &str| {
        let source = Source::new(SourceId(0), "a.yaml", text);
        document::parse(&source, &Limits::default()).map(|document| document.len()).unwrap_err()
    };
    let bomb: String = std::iter::once("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned())
        .chain((1..12).map(|n| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 10].join(", "))))
        .collect();
    assert_eq!(fault(&bomb).kind, FaultKind::AliasExpansion);
    assert_eq!(fault("a: &a [*a]\n").kind, FaultKind::RecursiveAlias);
    assert_eq!(fault(&format!("a: {}", "[".repeat(300))).kind, FaultKind::TooDeep);
    let chain: String =
        std::iter::once("a0: &a0 [x]\n".to_owned()).chain((1..100).map(|n| format!("a{n}: &a{n} [*a{}]\n", n - 1))).collect();
    assert_eq!(fault(&chain).kind, FaultKind::TooDeep);
}

#[test]
fn fields_are_known_by_their_keys() {
    with("measure: \"57\"\n'rating': A\n知らない: 1\n", |document| {
        let root = document.roots().next().unwrap();
        assert_eq!(root.get(Field::Measure).unwrap().as_str(), Some("57"));
        assert_eq!(root.get(Field::Rating).unwrap().as_str(), Some("A"));
        assert_eq!(root.members().nth(2).unwrap().0.field(), None);
    });
}

/// A value and how it is written in flow style.
#[derive(Clone, Debug)]
enum Value {
    Text(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

fn value() -> impl Strategy<Value = Value> {
    let text = "[あ-ん亜-熙a-z0-9 :,#'\"\\[\\]{}-]{0,12}".prop_map(Value::Text);
    text.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::List),
            prop::collection::vec(("[a-z]{1,6}", inner), 0..5).prop_map(|mut pairs| {
                pairs.sort_by(|a, b| a.0.cmp(&b.0));
                pairs.dedup_by(|a, b| a.0 == b.0);
                Value::Map(pairs)
            }),
        ]
    })
}

fn write(value: &Value, indent: usize, flow: bool, out: &mut String) {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    match value {
        Value::Text(text) => out.push_str(&quoted(text)),
        Value::List(items) if flow || items.is_empty() => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                write(item, indent, true, out);
            }
            out.push(']');
        }
        Value::Map(pairs) if flow || pairs.is_empty() => {
            out.push('{');
            for (index, (key, item)) in pairs.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                out.push_str(&format!("{key}: "));
                write(item, indent, true, out);
            }
            out.push('}');
        }
        Value::List(items) => {
            for item in items {
                out.push_str(&format!("\n{}- ", " ".repeat(indent)));
                write(item, indent + 2, false, out);
            }
        }
        Value::Map(pairs) => {
            for (key, item) in pairs {
                out.push_str(&format!("\n{}{key}: ", " ".repeat(indent)));
                write(item, indent + 2, false, out);
            }
        }
    }
}

fn same(node: Node<'_>, value: &Value) -> bool {
    match value {
        Value::Text(text) => node.as_str() == Some(text),
        Value::List(items) => node.items().count() == items.len() && node.items().zip(items).all(|(node, item)| same(node, item)),
        Value::Map(pairs) => {
            node.members().count() == pairs.len()
                && node.members().zip(pairs).all(|((key, node), (name, item))| key.key_text() == name && same(node, item))
        }
    }
}

/// Every node is found again by its own pointer, and its bytes lie inside its parent's.
fn sound(node: Node<'_>, root: Node<'_>) -> bool {
    let path = node.pointer();
    let segments = path.split('/').skip(1).map(|segment| segment.replace("~1", "/").replace("~0", "~"));
    let children: Vec<Node<'_>> = node.items().chain(node.members().map(|(_, value)| value)).collect();
    root.at(segments) == node && children.into_iter().all(|child| node.span().contains(child.span()) && sound(child, root))
}

proptest! {
    #[test]
    fn what_is_written_is_read(value in value(), flow in any::<bool>()) {
        let mut text = String::from("top: ");
        write(&value, 2, flow, &mut text);
        text.push('\n');
        let ok = with(&text, |document| {
            let root = document.roots().next().unwrap();
            same(root.at(["top"].iter()), &value) && sound(root, root)
        });
        prop_assert!(ok, "{text}");
    }

    #[test]
    fn no_text_makes_it_panic(text in "[a-z:#&*!|>'\"%@`\\[\\]{}, \\-\\?\n\tあ年]{0,80}") {
        let source = Source::new(SourceId(0), "a.yaml", text.as_str());
        match document::parse(&source, &Limits::default()) {
            Ok(document) => for node in document.nodes() { let _ = (node.raw(), node.text(), node.pointer(), node.place()); },
            Err(fault) => { let _ = source.slice(fault.span); }
        }
    }
}
