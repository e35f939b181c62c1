//! The words of the command line in Japanese. The English ones stand beside the arguments.

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::catalogue::Lang;

/// The help of each command, by its name; where two share one, by the words before it too.
const COMMANDS: &[(&str, &str)] = &[
    ("planlint", "公的な計画と年次報告を点検し、点検表や報告書を作ります。"),
    ("check", "計画と報告を点検する"),
    ("explain", "規則の意味と理由、例を示す"),
    ("rules", "規則の一覧を示す"),
    ("clean", "残してある前回までの結果を消す"),
    ("config", "設定を示す"),
    ("show", "いま効いている設定と、その出どころを示す"),
    ("schema", "JSON Schemaを出力する"),
    ("completions", "シェルの補完を出力する"),
    ("ignores", "指摘を了承する注釈の一覧を示す"),
    ("baseline", "既知の指摘の一覧を保ち、新しい指摘だけを数える"),
    ("create", "いまの指摘をすべて新しい一覧に書く"),
    ("update", "新しい指摘を加え、なくなった指摘を除く"),
    ("baseline show", "既知の指摘と、そのうちなくなったものを示す"),
    ("prune", "なくなった指摘を除く"),
    ("man", "使い方の手引き（man）を出力する"),
    ("memo", "点検結果のメモを作る"),
    ("document", "報告書そのものを作る"),
];

/// The help of each argument.
const ARGS: &[(&str, &str)] = &[
    ("lang", "表示の言語"),
    ("config", "planlint.yaml の代わりに使う設定"),
    ("color", "色を付けるか"),
    ("paths", "ファイルまたはフォルダ。- は標準入力"),
    ("stdin_filename", "標準入力が表すファイルの名前"),
    ("select", "この規則・系統・層だけを使う"),
    ("ignore", "この規則・系統・層を使わない"),
    ("profile", "点検の型"),
    ("date", "基準とする日（日付が要る規則のため）"),
    ("no_ignores", "指摘を了承する注釈を無視する"),
    ("jobs", "スレッドの数"),
    ("folders", "結果を消すファイルまたはフォルダ"),
    ("cache", "点検するものが少なくても、結果を次回のために残す"),
    ("no_cache", "前回までの結果を使わずにすべて点検し、結果を残さない"),
    ("no_progress", "進み具合を表示しない"),
    ("format", "出力の形式（-o と組で何度でも指定できる）"),
    ("output", "直前の形式の出力先"),
    ("level", "表示する最低の水準"),
    ("fail_on", "終了状態を1にする最低の水準"),
    ("statistics", "指摘を示さず規則ごとに数える"),
    ("quiet", "まとめを表示しない"),
    ("rule", "規則の名前"),
    ("name", "スキーマの名前"),
    ("shell", "シェルの種類"),
    ("help", "使い方を表示する"),
    ("version", "版を表示する"),
    ("baseline", "既知の指摘の一覧（数えない）"),
    ("no_baseline", "既知の指摘の一覧を使わない"),
    ("since", "この版（コミット・枝・札）になかった指摘だけを示す。REF... なら HEAD と分かれた所から"),
    ("staged", "作業中のファイルの代わりに索引を点検する（比べる相手は HEAD または --since）"),
    ("watch", "終わらずに、ファイルが保存されるたびに点検する"),
    ("command", "手引きを出力するコマンド"),
    ("audience", "だれに宛てたメモか"),
    ("to", "作るファイルの形式"),
    ("out", "出力先のフォルダまたはファイル"),
    ("plan", "この計画だけ"),
    ("year", "この年度だけ"),
    ("template", "使うテンプレート"),
    ("layout", "報告書の様式"),
    ("dump_data", "テンプレートに渡すデータを出力する"),
];

const TEMPLATE: &str = "{before-help}{about-with-newline}\n使い方: {usage}\n\n{all-args}{after-help}";

/// The command with its words in one language.
pub(super) fn localise(command: Command, lang: Lang) -> Command {
    match lang {
        Lang::En => command,
        Lang::Ja => japanese(command),
    }
}

fn japanese(mut command: Command) -> Command {
    command.build();
    translate(command)
}

fn translate(command: Command) -> Command {
    let name = command.get_name().to_owned();
    let path = command.get_bin_name().unwrap_or_default().to_owned();
    let is_path = |known: &str| known.contains(' ') && path.ends_with(known);
    let about = COMMANDS.iter().find(|(known, _)| is_path(known)).or_else(|| COMMANDS.iter().find(|(known, _)| *known == name));
    let about = about.map(|(_, words)| *words);
    let mut command = match about {
        Some(words) => command.about(words).long_about(None::<&str>),
        None => command,
    };
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace("[OPTIONS]", "[オプション]").replace("<COMMAND>", "<コマンド>");
    command
        .override_usage(usage)
        .help_template(TEMPLATE)
        .subcommand_help_heading("コマンド")
        .mut_args(|arg| {
            let heading = if arg.is_positional() { "引数" } else { "オプション" };
            let words = ARGS.iter().find(|(known, _)| *known == arg.get_id().as_str()).map(|(_, words)| *words);
            let values = values(&arg);
            let arg = arg.help_heading(heading).hide_possible_values(true).hide_default_value(true);
            match words {
                Some(words) => arg.help(format!("{words}{values}")).long_help(None::<&str>),
                None => arg,
            }
        })
        .mut_subcommands(translate)
}

/// The values that an argument takes, and the one it has where nothing is said.
fn values(arg: &clap::Arg) -> String {
    let takes = arg.get_num_args().is_some_and(|number| number.takes_values());
    let possible: Vec<String> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    let default: Vec<String> = arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    match (takes && !possible.is_empty(), takes && !default.is_empty()) {
        (true, true) => format!("（{}。既定は {}）", possible.join("、"), default.join("、")),
        (true, false) => format!("（{}）", possible.join("、")),
        (false, true) => format!("（既定は {}）", default.join("、")),
        (false, false) => String::new(),
    }
}

/// What is wrong with the arguments.
pub(super) fn error(error: &clap::Error, lang: Lang) -> String {
    let is_message =
        matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand);
    if lang == Lang::En || is_message {
        return error.render().to_string();
    }
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let arg = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let mut text = String::from("エラー: ");
    text.push_str(&match error.kind() {
        ErrorKind::InvalidValue => format!("{arg} の値「{value}」は使えません（使える値: {}）", context(ContextKind::ValidValue)),
        ErrorKind::UnknownArgument => format!("{arg} という指定はありません"),
        ErrorKind::InvalidSubcommand => format!("{} というコマンドはありません", context(ContextKind::InvalidSubcommand)),
        ErrorKind::ValueValidation => format!("{arg} の値「{value}」を読めません"),
        ErrorKind::MissingRequiredArgument => format!("{arg} を指定してください"),
        ErrorKind::ArgumentConflict => format!("{arg} は {} と同時に指定できません", context(ContextKind::PriorArg)),
        ErrorKind::MissingSubcommand => "コマンドを指定してください".to_owned(),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => {
            format!("{arg} の値の数が合いません")
        }
        _ => "引数を読めません".to_owned(),
    });
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue].map(context);
    if let Some(near) = near.iter().find(|near| !near.is_empty()) {
        text.push_str(&format!("\nもしかして: {near}"));
    }
    text.push_str("\n\n使い方は planlint --help でご覧ください。\n");
    text
}

/// An `-o` without a format of its own.
pub(super) fn unpaired(lang: Lang) -> String {
    match lang {
        Lang::Ja => "エラー: -o は、それぞれ直前の -f の出力先です。-f のない -o があります\n".to_owned(),
        Lang::En => "error: each -o belongs to the -f before it, and one has none\n".to_owned(),
    }
}
