//! "Did you mean": the known word nearest to an unknown one.

use super::fold::fold;

/// The candidate nearest to `word`: the one with the same comparison form, else the one the fewest
/// changed characters away, at most a third of the longer word. The first of several equally near.
///
/// Words that differ in their digits alone (`h30`, `h31`) are different things, not a slip.
pub fn did_you_mean<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let word = fold(word);
    if word.is_empty() {
        return None;
    }
    let length = word.chars().count();
    let mut best: Option<(usize, &'c str)> = None;
    for candidate in candidates {
        let known = fold(candidate);
        if known == word {
            return Some(candidate);
        }
        let longer = length.max(known.chars().count());
        let shorter = length + known.chars().count() - longer;
        let limit = longer / 3;
        let worst = best.map_or(limit + 1, |(distance, _)| distance);
        if limit == 0 || longer - shorter >= worst || differ_in_digits(&word, &known) {
            continue;
        }
        let distance = strsim::osa_distance(&word, &known);
        if distance <= limit && distance < worst {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn differ_in_digits(one: &str, other: &str) -> bool {
    let letters = |text: &str| -> Vec<char> { text.chars().filter(|letter| !letter.is_ascii_digit()).collect() };
    let has_digit = |text: &str| text.contains(|letter: char| letter.is_ascii_digit());
    (has_digit(one) || has_digit(other)) && letters(one) == letters(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest() {
        let names = ["健康支援課", "こども家庭センター", "子ども課", "福祉総務課", "LINE相談"];
        assert_eq!(did_you_mean("健康支援室", names), Some("健康支援課"));
        assert_eq!(did_you_mean("家庭センター", names), Some("こども家庭センター"));
        assert_eq!(did_you_mean("こども課", names), Some("子ども課"));
        assert_eq!(did_you_mean("ＬＩＮＥ 相談", names), Some("LINE相談"));
        assert_eq!(did_you_mean("税務課", names), None);
        assert_eq!(did_you_mean("", names), None);
        assert_eq!(did_you_mean("課", names), None);
    }

    #[test]
    fn ids() {
        let ids = ["visits", "patrols", "phone", "h30", "57", "step-2"];
        assert_eq!(did_you_mean("visit", ids), Some("visits"));
        assert_eq!(did_you_mean("partols", ids), Some("patrols"));
        assert_eq!(did_you_mean("fone", ids), None);
        assert_eq!(did_you_mean("h31", ids), None);
        assert_eq!(did_you_mean("58", ids), None);
        assert_eq!(did_you_mean("step-3", ids), None);
    }
}
