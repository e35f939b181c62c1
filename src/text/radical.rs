//! Radicals and the ideographs they are mistaken for.
//!
//! Text copied out of PDF files holds radicals (⾧ U+2FA7) in place of the kanji of the same shape
//! (長 U+9577). The equivalents are those of the Unicode file `EquivalentUnifiedIdeograph.txt`.

/// The ideograph that a Kangxi radical or a character of CJK Radicals Supplement stands for.
pub(super) fn ideograph(letter: char) -> Option<char> {
    let (table, first) = match letter {
        '\u{2F00}'..='\u{2FD5}' => (KANGXI, 0x2F00),
        '\u{2E80}'..='\u{2EF3}' => (SUPPLEMENT, 0x2E80),
        _ => return None,
    };
    table.chars().nth((u32::from(letter) - first) as usize).filter(|right| *right != '\u{3000}')
}

/// U+2F00 to U+2FD5. Where Unicode names a form that Japanese does not use, the Japanese one stands
/// here: 戸 (not 戶), 青 (not 靑), 黄 (not 黃), 黒 (not 黑).
static KANGXI: &str = "\
    一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢\
    尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戸手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火\
    爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿\
    肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹\
    雨青非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黄黍黒黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// U+2E80 to U+2EF3; an ideographic space where there is no character or no equivalent.
static SUPPLEMENT: &str = "\
    \u{3000}厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵\u{3000}旡日月歺母民氵氺灬爫爫丬牛\
    犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑\
    钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_whole() {
        assert_eq!(KANGXI.chars().count(), 0x2FD6 - 0x2F00);
        assert_eq!(SUPPLEMENT.chars().count(), 0x2EF4 - 0x2E80);
        for letter in '\u{2F00}'..='\u{2FD5}' {
            assert!(ideograph(letter).is_some(), "{letter}");
        }
        let without = ('\u{2E80}'..='\u{2EF3}').filter(|letter| ideograph(*letter).is_none());
        assert_eq!(without.collect::<String>(), "\u{2E80}\u{2E9A}");
    }

    #[test]
    fn samples() {
        for (radical, right) in [
            ('\u{2FA7}', '長'),
            ('\u{2ED1}', '長'),
            ('\u{2ED8}', '青'),
            ('\u{2EA0}', '民'),
            ('\u{2F00}', '一'),
            ('\u{2F3E}', '戸'),
            ('\u{2F47}', '日'),
            ('\u{2FAF}', '面'),
            ('\u{2FD5}', '龠'),
            ('\u{2E81}', '厂'),
            ('\u{2EC4}', '西'),
            ('\u{2EDD}', '食'),
            ('\u{2EEB}', '斉'),
            ('\u{2EF3}', '龟'),
        ] {
            assert_eq!(ideograph(radical), Some(right), "{radical}");
        }
        assert_eq!(ideograph('長'), None);
    }
}
