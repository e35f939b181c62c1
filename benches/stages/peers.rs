//! What others do with the same bytes: events of unsafe-libyaml and of granit-parser, serde_yaml
//! into its `Value`, and jsonschema over `serde_json::Value`.

// unsafe_code: libyaml is C in the clothes of Rust, and has no other face. Nothing of this ships.
#![allow(unsafe_code)]

use std::mem::MaybeUninit;

use granit_parser::Parser;
use planlint::schema::Schema;
use rayon::ThreadPool;
use unsafe_libyaml::{
    YAML_STREAM_END_EVENT, yaml_event_delete, yaml_event_t, yaml_parser_delete, yaml_parser_initialize, yaml_parser_parse,
    yaml_parser_set_input_string, yaml_parser_t,
};

use super::{Data, Group, measure_in};

/// The number of events that unsafe-libyaml reads in a text.
fn libyaml_events(text: &str) -> usize {
    let mut parser = MaybeUninit::<yaml_parser_t>::uninit();
    let mut event = MaybeUninit::<yaml_event_t>::uninit();
    let mut events = 0;
    // SAFETY: the parser is initialised before it is used and deleted after it; the text outlives
    // it; an event is read only after `yaml_parser_parse` has filled it, and is deleted once.
    unsafe {
        assert!(yaml_parser_initialize(parser.as_mut_ptr()).ok);
        yaml_parser_set_input_string(parser.as_mut_ptr(), text.as_ptr(), text.len() as u64);
        loop {
            assert!(yaml_parser_parse(parser.as_mut_ptr(), event.as_mut_ptr()).ok);
            let last = (*event.as_ptr()).type_ == YAML_STREAM_END_EVENT;
            yaml_event_delete(event.as_mut_ptr());
            events += 1;
            if last {
                break;
            }
        }
        yaml_parser_delete(parser.as_mut_ptr());
    }
    events
}

/// The number of events that granit-parser reads in a text.
fn granit_events(text: &str) -> usize {
    let mut parser = Parser::new_from_str(text);
    let mut events = 0;
    while let Some(event) = parser.next_event() {
        event.unwrap();
        events += 1;
    }
    events
}

fn value(text: &str) -> serde_yaml::Value {
    serde_yaml::from_str(text).unwrap()
}

/// Measures them all on a data set.
pub fn measure(group: &mut Group<'_>, one: &ThreadPool, data: &Data) {
    let mut measure = |peer: &str, work: &(dyn Fn() -> usize + Sync)| measure_in(group, one, peer, data, work);
    measure("peer-unsafe-libyaml-events", &|| data.texts().map(libyaml_events).sum());
    measure("peer-granit-events", &|| data.texts().map(granit_events).sum());
    measure("peer-serde_yaml-value", &|| data.texts().map(value).filter(serde_yaml::Value::is_mapping).count());
    let validator = |schema: Schema| jsonschema::validator_for(&serde_json::from_str(schema.text()).unwrap()).unwrap();
    let (plan, report) = (validator(Schema::Plan), validator(Schema::Report));
    let trees: Vec<serde_json::Value> = data.texts().map(|text| serde_yaml::from_str(text).unwrap()).collect();
    let is_valid = |tree: &serde_json::Value| if tree["kind"] == "plan" { plan.is_valid(tree) } else { report.is_valid(tree) };
    assert!(trees.iter().all(is_valid));
    measure("peer-jsonschema-value", &|| trees.iter().filter(|tree| is_valid(tree)).count());
}
