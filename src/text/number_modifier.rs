//! The words before and behind a number that change what it says.

use super::letter::{Script, char_at, char_before, digit_value, ending, script, without_spaces_behind};
use super::number::{Bound, Change, Modifiers, Period, Tally};

/// Reads the modifiers before a number, right to left. Answers with the position where they begin,
/// and whether the number can be a quantity.
pub(super) fn before(text: &str, start: usize, modifiers: &mut Modifiers) -> (usize, bool) {
    let mut at = start;
    if let Some(sign @ ('+' | '＋' | '▲' | '△' | '-' | '－' | '−')) = char_before(text, at) {
        let ahead = char_before(text, at - sign.len_utf8());
        if ahead.is_none_or(|ahead| matches!(script(ahead), Script::Space | Script::Other)) {
            modifiers.sign = Some(sign);
            at -= sign.len_utf8();
        }
    }
    loop {
        let trimmed = without_spaces_behind(&text[..at]);
        if trimmed.ends_with('第') {
            return (at, false);
        }
        match modifier(trimmed, modifiers) {
            Some(length) => at = trimmed.len() - length,
            None => return (at, true),
        }
    }
}

/// The length of the modifier that ends a text, noting what it says.
fn modifier(before: &str, modifiers: &mut Modifiers) -> Option<usize> {
    // The characters that the words below end with.
    if !matches!(
        before.chars().next_back()?,
        'そ' | 'ね'
            | '約'
            | 'ぼ'
            | 'べ'
            | '延'
            | '実'
            | '計'
            | '全'
            | 'ち'
            | '内'
            | '均'
            | 'り'
            | 'き'
            | '各'
            | '大'
            | '高'
            | '多'
            | 'も'
            | '低'
            | '少'
            | '年'
            | '月'
            | '週'
            | '日'
            | 'に'
            | 'で'
            | '期'
            | '間'
    ) {
        return None;
    }
    let ends = |words: &[&str]| ending(before, words).map(str::len);
    if let Some(length) = ends(&["おおよそ", "おおむね", "およそ", "概ね", "約", "ほぼ"]) {
        // 予約5件, 契約3件, 要約2枚: a noun.
        let noun = before.ends_with('約') && ahead_is(before, length, "予契要節集制規条公婚解成特倹誓盟密");
        modifiers.about |= !noun;
        return (!noun).then_some(length);
    }
    if let Some(length) = ends(&["延べ", "のべ", "延"]) {
        if before.ends_with('延') && ahead_is(before, length, "順遅蔓圧") {
            return None;
        }
        modifiers.tally = Some(Tally::Gross);
        return Some(length);
    }
    if before.ends_with('実') && !ahead_is(before, "実".len(), "充確着現事果切誠真口史忠堅如") {
        modifiers.tally = Some(Tally::Distinct);
        return Some("実".len());
    }
    if let Some(length) = ends(&["合計", "総計", "累計", "小計"]) {
        modifiers.total = true;
        return Some(length);
    }
    if let Some(length) = ends(&["計", "全"]).filter(|length| !ahead_is(before, *length, "統会集推設時累家生余安健保完万十"))
    {
        modifiers.total = true;
        return Some(length);
    }
    if let Some(length) = ends(&["うち", "内"]) {
        let noun = before.ends_with('内') && ahead_is_kanji(before, length);
        modifiers.within |= !noun;
        return (!noun).then_some(length);
    }
    if let Some(length) = ends(&["平均", "あたり", "当たり", "当り", "につき"]) {
        modifiers.each = true;
        return Some(length);
    }
    if before.ends_with('各') {
        modifiers.each = true;
        return Some("各".len());
    }
    if let Some(length) = ends(&["最大", "最高", "最多"]) {
        modifiers.bound = Some(Bound::AtMost);
        return Some(length);
    }
    if let Some(length) = ends(&["少なくとも", "最低", "最少"]) {
        modifiers.bound = Some(Bound::AtLeast);
        return Some(length);
    }
    period(before, modifiers)
}

/// Whether one of `letters` stands before the modifier: the two make a noun (予約, 統計, 充実).
fn ahead_is(before: &str, length: usize, letters: &str) -> bool {
    char_before(before, before.len() - length).is_some_and(|ahead| letters.contains(ahead))
}

fn ahead_is_kanji(before: &str, length: usize) -> bool {
    char_before(before, before.len() - length).is_some_and(|ahead| script(ahead) == Script::Kanji)
}

/// The tally that the noun itself states: 延べ相談件数, 延人数, 実人数. `words` ends with the noun.
pub(super) fn tally_of_noun(words: &str, noun: &str) -> Option<Tally> {
    let ahead = &words[..words.len() - noun.len()];
    let gross = noun.strip_prefix('延').is_some_and(|rest| !rest.starts_with(['長', '期', '滞', '焼']));
    if gross || ahead.ends_with("延べ") || ahead.ends_with("のべ") {
        return Some(Tally::Gross);
    }
    ending(noun, &["実人数", "実人員", "実件数", "実数", "実利用者数", "実参加者数", "実世帯数"]).map(|_| Tally::Distinct)
}

/// 年, 年に, 毎月, 隔週, 2か月に … before a number.
fn period(before: &str, modifiers: &mut Modifiers) -> Option<usize> {
    let words = before.strip_suffix('に').or_else(|| before.strip_suffix('で')).unwrap_or(before);
    let (other, (own, period)) = periods(words.chars().next_back()?)?;
    if let Some(word) = ending(words, other) {
        modifiers.period = Some(Period::Other);
        return Some(before.len() - words.len() + word.len());
    }
    let word = ending(words, own)?;
    let ahead = char_before(words, words.len() - word.len());
    // 令和6年12回, 10月1回, 前年35件, 今月3回: not how often.
    let refused = match ahead {
        _ if word.starts_with('毎') => false,
        Some(ahead) if digit_value(ahead).is_some() => {
            let spelled = words.ends_with("1年") || words.ends_with("１年");
            if !spelled && words.ends_with('年') && before.ends_with('に') && !era_year(words) {
                modifiers.period = Some(Period::Other);
                return Some(before.len() - words.len() + word.len());
            }
            true
        }
        Some(ahead) => "前昨今同例翌本当来先元中少青成壮老高近周学新生".contains(ahead),
        None => false,
    };
    if refused {
        return None;
    }
    modifiers.period = Some(period);
    Some(before.len() - words.len() + word.len())
}

/// Words that end with a character: those of another period, and those of one period.
type Periods = (&'static [&'static str], (&'static [&'static str], Period));

/// The words of a period that end with a character.
fn periods(last: char) -> Option<Periods> {
    Some(match last {
        '年' => (&["隔年", "半年"], (&["毎年", "年"], Period::Year)),
        '間' => (&["週間"], (&["年間"], Period::Year)),
        '月' => (&["隔月", "か月", "ヶ月", "カ月", "ヵ月"], (&["毎月", "月"], Period::Month)),
        '週' => (&["隔週"], (&["毎週", "週"], Period::Week)),
        '日' => (&[], (&["毎日", "1日", "１日"], Period::Day)),
        '期' => (&["学期", "四半期"], (&[], Period::Other)),
        _ => return None,
    })
}

/// Whether words end with a year of an era or of four digits: 令和6年, 2024年.
fn era_year(words: &str) -> bool {
    let digits = words.trim_end_matches('年').chars().rev();
    let count = digits.clone().take_while(|letter| digit_value(*letter).is_some()).count();
    let ahead = digits.clone().nth(count);
    count > 2 || ahead.is_some_and(|ahead| "和成RHS".contains(ahead))
}

/// What a word does to the modifiers.
type Noting = fn(&mut Modifiers);

/// Whether one of the words behind a number may begin at a position.
fn may_follow(text: &str, at: usize) -> bool {
    char_at(text, at).is_some_and(|next| {
        matches!(
            next,
            '以' | '未'
                | '超'
                | 'を'
                | '程'
                | '前'
                | 'ほ'
                | 'く'
                | 'ぐ'
                | '余'
                | '弱'
                | '強'
                | '台'
                | 'ず'
                | 'あ'
                | '当'
                | 'に'
                | 'ご'
                | 'の'
                | '増'
                | '減'
                | '/'
                | '／'
        )
    })
}

/// Reads the modifiers behind a number; answers with the position behind them.
pub(super) fn after(text: &str, end: usize, modifiers: &mut Modifiers) -> usize {
    const WORDS: [(&str, Noting); 30] = [
        ("以上", |m| m.bound = Some(Bound::AtLeast)),
        ("以下", |m| m.bound = Some(Bound::AtMost)),
        ("以内", |m| m.bound = Some(Bound::AtMost)),
        ("未満", |m| m.bound = Some(Bound::Under)),
        ("超", |m| m.bound = Some(Bound::Over)),
        ("を超える", |m| m.bound = Some(Bound::Over)),
        ("程度", |m| m.about = true),
        ("前後", |m| m.about = true),
        ("ほど", |m| m.about = true),
        ("くらい", |m| m.about = true),
        ("ぐらい", |m| m.about = true),
        ("余り", |m| m.about = true),
        ("余", |m| m.about = true),
        ("弱", |m| m.about = true),
        ("強", |m| m.about = true),
        ("台", |m| m.about = true),
        ("ずつ", |m| m.each = true),
        ("あたり", |m| m.base = true),
        ("当たり", |m| m.base = true),
        ("当り", |m| m.base = true),
        ("につき", |m| m.base = true),
        ("ごとに", |m| m.base = true),
        ("の増", |m| m.change = Some(Change::Up)),
        ("増", |m| m.change = Some(Change::Up)),
        ("の減", |m| m.change = Some(Change::Down)),
        ("減", |m| m.change = Some(Change::Down)),
        ("/年", |m| m.period = Some(Period::Year)),
        ("／年", |m| m.period = Some(Period::Year)),
        ("/月", |m| m.period = Some(Period::Month)),
        ("／月", |m| m.period = Some(Period::Month)),
    ];
    let mut end = end;
    let stands = |end: usize, word: &str| {
        let (bytes, word) = (&text.as_bytes()[end..], word.as_bytes());
        bytes.first() == word.first() && bytes.get(2) == word.get(2) && bytes.starts_with(word)
    };
    while let Some((word, note)) = may_follow(text, end).then(|| WORDS.iter().find(|(word, _)| stands(end, word))).flatten() {
        // 強化, 弱者, 超過: the word goes on.
        let behind = char_at(text, end + word.len());
        if matches!(*word, "強" | "弱" | "超" | "台" | "余")
            && behind.is_some_and(|next| script(next) == Script::Kanji && !"増減".contains(next))
        {
            break;
        }
        note(modifiers);
        end += word.len();
    }
    end
}
