//! Why a text could not be read as YAML.

use crate::source::Span;

/// The first place at which a text is not YAML, or asks for too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// Where.
    pub span: Span,
}

impl Fault {
    /// A fault at that place.
    #[must_use]
    pub fn new(kind: FaultKind, span: Span) -> Self {
        Self { kind, span }
    }
}

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A bracket that is never closed.
    UnclosedBracket(char),
    /// A closing bracket that closes nothing.
    StrayBracket,
    /// `[a b]`.
    ListSeparator,
    /// `{a: 1 b: 2}`.
    MappingSeparator,
    /// A quote that is never closed.
    UnclosedQuote,
    /// Text after a closing quote.
    AfterQuote,
    /// `"\q"`.
    Escape,
    /// A tab where spaces must be.
    Tab,
    /// A line that stands too far left or right.
    Indentation,
    /// `a: b: c`.
    Colon,
    /// A line that is neither a key with its colon nor an item.
    MissingColon,
    /// An alias without an anchor before it.
    UnknownAlias,
    /// An alias inside the node that it names.
    RecursiveAlias,
    /// Aliases that multiply beyond the limit.
    AliasExpansion,
    /// Too many levels.
    TooDeep,
    /// `a#b` where a comment was meant.
    Comment,
    /// A character that may not begin a value.
    Character,
    /// A control character.
    Control,
    /// `|x`.
    BlockHeader,
    /// A byte-order mark in the middle.
    ByteOrderMark,
    /// Anything else.
    Other,
}

impl FaultKind {
    /// What is wrong, in Japanese and English, and what helps.
    #[must_use]
    pub fn words(self) -> FaultWords {
        let (ja, en, help_ja, help_en) = match self {
            Self::UnclosedBracket(_) => (
                "開いた括弧が閉じられていません",
                "this bracket is never closed",
                "対応する閉じ括弧を書いてください",
                "write the closing bracket",
            ),
            Self::StrayBracket => (
                "閉じ括弧に対応する開き括弧がありません",
                "this closing bracket closes nothing",
                "括弧の対応を確かめてください",
                "see that the brackets match",
            ),
            Self::ListSeparator => (
                "[ ] の中の項目が , で区切られていません",
                "the items of this list are not separated by commas",
                "項目の間に , を書いてください",
                "write a comma between items",
            ),
            Self::MappingSeparator => (
                "{ } の中の項目が , で区切られていません",
                "the pairs of this mapping are not separated by commas",
                "項目の間に , を、キーの後に : を書いてください",
                "write a comma between pairs and a colon after each key",
            ),
            Self::UnclosedQuote => {
                ("引用符が閉じられていません", "this quote is never closed", "対応する引用符を書いてください", "write the closing quote")
            }
            Self::AfterQuote => (
                "閉じた引用符の後に文字が続いています",
                "there is text after the closing quote",
                "値全体を引用符の中に入れてください",
                "put the whole value inside the quotes",
            ),
            Self::Escape => (
                "\\ で始まる書き方が正しくありません",
                "this escape is not one that YAML knows",
                "\\ をそのまま書くときは '…' を使うか \\\\ と書いてください",
                "use '…', or write \\\\ for a backslash",
            ),
            Self::Tab => (
                "字下げにタブが使われています",
                "a tab stands where spaces must be",
                "タブを空白に置き換えてください",
                "replace the tab with spaces",
            ),
            Self::Indentation => (
                "字下げがそろっていません",
                "this line is indented differently from its neighbours",
                "前後の行と字下げをそろえてください",
                "align the line with its neighbours",
            ),
            Self::Colon => (
                "ここに : は書けません",
                "a colon may not stand here",
                "値に「: 」を含むときは全体を引用符で囲んでください",
                "put quotes around a value that holds a colon and a space",
            ),
            Self::MissingColon => (
                "キーの後の : が見当たりません",
                "the colon after a key is missing",
                "「キー: 値」の形で書いてください（: の後に空白）",
                "write `key: value`, with a space after the colon",
            ),
            Self::UnknownAlias => (
                "この別名（*）に対応する &名前 が前にありません",
                "no anchor of this name stands before the alias",
                "&名前 を付けるか、* で始まる値を引用符で囲んでください",
                "define the anchor, or put quotes around a value that begins with *",
            ),
            Self::RecursiveAlias => (
                "別名（*）が自分自身を含んでいます",
                "this alias stands inside the node that it names",
                "別名を取り除いてください",
                "remove the alias",
            ),
            Self::AliasExpansion => (
                "別名（*）の展開が大きくなりすぎます",
                "the aliases of this file multiply beyond the limit",
                "別名を使わずに書いてください",
                "write the values out instead of using aliases",
            ),
            Self::TooDeep => (
                "入れ子が深すぎます（64段まで）",
                "the nesting is too deep (64 levels at most)",
                "入れ子を浅くしてください",
                "nest less deeply",
            ),
            Self::Comment => (
                "# の前に空白がありません",
                "a comment needs a space before its #",
                "# の前に空白を入れるか、値を引用符で囲んでください",
                "write a space before the #, or quote the value",
            ),
            Self::Character => (
                "この文字で値を始めることはできません",
                "a value may not begin with this character",
                "値を引用符で囲んでください",
                "put quotes around the value",
            ),
            Self::Control => {
                ("目に見えない制御文字があります", "there is a control character here", "この文字を消してください", "delete the character")
            }
            Self::BlockHeader => (
                "| や > の後の書き方が正しくありません",
                "what follows | or > is not allowed",
                "| または > だけを書き、次の行から本文を書いてください",
                "write | or > alone and begin the text on the next line",
            ),
            Self::ByteOrderMark => (
                "文書の途中にBOM（U+FEFF）があります",
                "a byte-order mark stands in the middle of the file",
                "この文字を消してください",
                "delete the character",
            ),
            Self::Other => (
                "YAMLとして読めません",
                "this cannot be read as YAML",
                "この行と前の行の書き方を確かめてください",
                "check this line and the one before it",
            ),
        };
        FaultWords { ja, en, help_ja, help_en }
    }
}

/// The words for a fault.
#[derive(Clone, Copy, Debug)]
pub struct FaultWords {
    /// What is wrong, in Japanese.
    pub ja: &'static str,
    /// What is wrong, in English.
    pub en: &'static str,
    /// What helps, in Japanese.
    pub help_ja: &'static str,
    /// What helps, in English.
    pub help_en: &'static str,
}
