//! A value that may not be shown must not stand in the words beside it either.

use super::entries::{EntryView, WordsView};
use crate::model::{CountValue, Entry, Slot};

/// What stands for a figure that may not be shown.
const MASK: char = '○';

/// Behind these a figure is a date or an hour, or a place in a list, and nobody's number.
const NOT_COUNTED: [char; 8] = ['年', '月', '日', '時', '分', '期', '号', '）'];

/// Takes the withheld figures of an entry out of its words.
pub fn mask(view: &mut EntryView, entry: &Entry<'_>, is_hushed: &dyn Fn(&CountValue<'_>) -> bool) {
    let values: Vec<String> = entry.counts.iter().filter(|count| is_hushed(count)).flat_map(digits).collect();
    if values.is_empty() {
        return;
    }
    let words = |words: &mut WordsView| words.parts.iter_mut().for_each(|part| part.text = without(&part.text, &values));
    [&mut view.plan, &mut view.result, &mut view.reason, &mut view.effect].into_iter().for_each(words);
    if let Some(next) = &mut view.next {
        words(&mut next.plan);
    }
    for text in [&mut view.note, &mut view.direction_reason] {
        *text = without(text, &values);
    }
    for count in &mut view.counts {
        count.note = without(&count.note, &values);
    }
}

/// The digits of the figures of a count.
fn digits(count: &CountValue<'_>) -> Vec<String> {
    let of = |slot: &Slot<'_, crate::arithmetic::Quantity<'_>>| slot.given().map(|quantity| quantity.value().to_string());
    [&count.target, &count.actual].into_iter().filter_map(of).collect()
}

/// The value of a digit of either width.
fn digit(letter: char) -> Option<char> {
    match letter {
        '0'..='9' => Some(letter),
        '０'..='９' => char::from_digit(u32::from(letter) - u32::from('０'), 10),
        _ => None,
    }
}

/// A text without figures of these values.
fn without(text: &str, values: &[String]) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        if digit(letters[at]).is_none() {
            out.push(letters[at]);
            at += 1;
            continue;
        }
        let joins = |place: usize| {
            let between = matches!(letters[place], ',' | '，' | '.');
            digit(letters[place]).is_some() || between && letters.get(place + 1).is_some_and(|next| digit(*next).is_some())
        };
        let end = (at..letters.len()).find(|place| !joins(*place)).unwrap_or(letters.len());
        let run: String = letters[at..end].iter().filter_map(|letter| digit(*letter).or((*letter == '.').then_some('.'))).collect();
        let counted = letters.get(end).is_none_or(|next| !NOT_COUNTED.contains(next));
        if counted && values.contains(&run) {
            out.push(MASK);
        } else {
            out.extend(&letters[at..end]);
        }
        at = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_value_itself_is_taken_out() {
        let values = ["3".to_owned(), "1204".to_owned()];
        let masked = |text: &str| without(text, &values);
        assert_eq!(masked("3月に3人、13人と３名が来た。"), "3月に○人、13人と○名が来た。");
        assert_eq!(masked("1,204件と1204.5件"), "○件と1204.5件");
        assert_eq!(masked("相談は3"), "相談は○");
        assert_eq!(masked("2.3％、3,000人"), "2.3％、3,000人");
    }
}
