//! Writes made plans into a folder: `cargo run --release --example corpus -- nation FOLDER [SEED]`.

mod made;

use made::Size;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (Some(size), Some(folder)) = (args.first(), args.get(1)) else {
        return Err("usage: corpus tiny|city|large-city|prefecture|nation FOLDER [SEED]".into());
    };
    let seed: u64 = args.get(2).map_or(Ok(1), |seed| seed.parse())?;
    let one = Size { measures: 65, long_tail: false, first: 2023, years: 2 };
    let (plans, size) = match size.as_str() {
        "tiny" => (1, Size { years: 1, ..one }),
        "city" => (1, one),
        "large-city" => (1, Size { measures: 300, first: 2020, years: 5, ..one }),
        "prefecture" => (100, Size { long_tail: true, ..one }),
        "nation" => (1788, Size { long_tail: true, ..one }),
        other => return Err(format!("no size {other}").into()),
    };
    for number in 0..plans {
        let inside = std::path::Path::new(folder).join(format!("plan-{number:04}"));
        std::fs::create_dir_all(&inside)?;
        for file in made::plan(seed * 1_000_000 + number, size) {
            std::fs::write(inside.join(file.name), file.text)?;
        }
    }
    Ok(())
}
