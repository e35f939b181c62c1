//! The kanji of the Japanese character sets: JIS X 0208 and 0213 (levels 1 to 4) and the IBM
//! extensions (髙, 﨑). Derived from the mapping tables of the encodings EUC-JIS-2004, Shift_JIS and
//! CP932; a character is here when at least one of them can write it.

/// Whether a Han character belongs to the Japanese sets.
pub(super) fn contains(letter: char) -> bool {
    let code = u32::from(letter);
    match code {
        0x4E00..=0x9FFF => {
            let place = (code - 0x4E00) as usize;
            UNIFIED.get(place / 64).is_some_and(|bits| bits >> (place % 64) & 1 == 1)
        }
        0xF900..=0xFAFF => COMPATIBILITY.iter().any(|&(first, last)| (first..=last).contains(&code)),
        _ => EXTENSIONS.contains(letter),
    }
}

/// One bit for each character from U+4E00 on.
#[rustfmt::skip]
pub(super) const UNIFIED: [u64; 328] = [
    0x9b67ff5ac3f7ffbf, 0xc23a030cf7e2e9bf, 0x1e49f977fbf67f65, 0xf8efe93feff1eddf,
    0x7ffbc00036e7ff0f, 0xffebd619fffffbcd, 0xfae4e803efdfff7e, 0xf56fc07fbd97ff7f,
    0x0a6d7ffeffdffef7, 0x217734ed96efd7ef, 0x6ebfb40fdf7fe57b, 0x4e7ee3fef77bf6bd,
    0x9fbeb58afff57bdf, 0x59ea7f7595bdffff, 0xf5ff3f7f23effe7d, 0x67ff76e7796ebf7c,
    0x1fef47b421fe4dff, 0xa3bfd67bfdf0beb8, 0x7ff3bef99dfe37bd, 0xcfff17fffbf7b7fb,
    0xff2fbfbbffebbdef, 0xefbff2eb5f9e3fef, 0x2dfdef73a758419c, 0x05ffffffeefcff2d,
    0x7b72ffd3ec0fff1e, 0xb8fb7fd4c022e7dd, 0xff8efff79067ff7b, 0xf44ef767010067df,
    0x7b6ecc000071f3f3, 0xf800005b7dcbb6f3, 0x80457f98f79ecfdf, 0xe2c0021cfd9e5afa,
    0xbbff93000bd7e7e0, 0x0576bf5f4819fadf, 0x50de7be5e6309df1, 0xa6cf69fbff8bff2f,
    0xe999f7ffbd6ebf9f, 0xdebbeff60207f4e5, 0x2109179ff6b81b0e, 0xfff122dbf0fcd9c9,
    0xa637a4d3ea203f7d, 0xd3250b96c7b7be03, 0x5f0e4f47f0d9bfab, 0x3e9fda37f7ff75be,
    0xe1efffbe3f7dbe64, 0x3b7cffafefbfc3d8, 0x5e8df1b8aaec7c1e, 0x89d6cdf8f61f2f5a,
    0x1061a7b9d58e721b, 0xcc8034ec442113f3, 0xfd2e1085de4d0810, 0x2c61466b14c19b56,
    0x415534262ac01b03, 0xf52bcb78fdf7182b, 0x97fff37cbffbfffb, 0xe57bdbf7efddf2ff,
    0xff677b5dc4cefffe, 0x3e73f3bfde2bed63, 0x5dfe3fcfa0179580, 0x2c77e70322850aa0,
    0xa2120addaff768c2, 0xc649b617922f5dcc, 0x37955895aabd1d9e, 0x6bbe4bff6bcf7a88,
    0x61ede921af7638cd, 0xfffd7d1ed9f35ab9, 0xe3ea3df514e0cc9b, 0xffdb1b2ffe7fdf4e,
    0xf9f3fbfefbfbffdf, 0xf7bfbedf3bdb75b3, 0x33bbff9773cfbfbf, 0xbd6fff1773df3bb8,
    0x042aaff7bffde480, 0xc0a3bfbfa6f73fcf, 0x79ff07fdedfe7f7e, 0x3fff41afff3acff4,
    0xf6f31d87defff7cf, 0xd9ffd9ade7287ff6, 0x57447fb1b7df6c9f, 0xf5f4b2eef021ffcf,
    0xeb1dcecffc7f779b, 0xfe4ae11b5d7f7bdf, 0xfeea19405bffe63d, 0xf0fef4033ffff7f4,
    0xfe64af80834b3f9e, 0xbdf67be01bbdfe5e, 0x6834ffffcf75d79d, 0x07fc7e2b1c7fc37b,
    0xe471b77551dda640, 0x2f58a28bbd1ec804, 0xfa0d7b7aef2f81a8, 0xecf7b6ff05b77eb6,
    0xfff6de5cfb588733, 0x25b518cde3f7e3b8, 0xb3bdf8fbbba757be, 0xde3733e78bd5db7e,
    0x9efbfffff07ef7dd, 0xdff9ffffff86df7f, 0xdb366855bfc77b9b, 0xffbd5b41be50d3df,
    0xe5da7dc5fafcebab, 0xd8fff47ff27bf3e2, 0x3bff82473fefdab2, 0xdaffd2d67f9fc77f,
    0xfb1fbf86e3d9001e, 0xdef7c888bbbf777f, 0x1e7fefefbfd9a17e, 0x3ee7fdbbb7ffbf78,
    0xab7b056e1ecffffb, 0xffbfff7f7eb84664, 0xdd97e9e319766407, 0xea7eefac63cbfdab,
    0xeffd4f1feebe9c2f, 0xc50e0cd68b674ff0, 0xe91bdc2ff8936adb, 0x3c0f1594fc7b134e,
    0xefe4999be8c78efc, 0xefb9deffab5d76c8, 0xffbfff1dc9e02e7f, 0x828ad8ca8ddcfbf9,
    0xcdf851d88a9fe734, 0x6f5dad85feb5ec07, 0xff1f6c069ffd33fe, 0x081fffaf3effb676,
    0xfb7ecff0ce8edc91, 0x1391d6fbdf800032, 0xb3b4dc001bfe77a7, 0x1fffdf77ef67ddf5,
    0x5f54faffeea80fb1, 0xe84cc98cf9deff38, 0xacdeeca5b349b005, 0xeb94f800623affbf,
    0xd96fbe6d0d7bb756, 0x7511f157ff9e8022, 0x526bc5fb85df79df, 0x766bdb13cd3007ef,
    0x569591c9eda2aee3, 0x7161da3861325f98, 0x0f9bf8108bf44662, 0x26021010b37a8d00,
    0x1143e84356109bf8, 0x220053f556ef5ee2, 0xc60fd1058e7495b1, 0xdb2070e196fd5b1b,
    0xff75bd10aca923c1, 0xfb96cb8fffedd9ef, 0x4257f185084c6297, 0x7f9832278be552df,
    0xeefedfb4fbcc2cb4, 0x1fa7dfc9e1c5e038, 0xbaac2f65d1f94efb, 0xefb266eb624cff65,
    0x867fff740c0a06fb, 0x404fefddfeae28db, 0xae27cfefd7878beb, 0x9dd7cfdddd599700,
    0xffcf9ffbd5ee707a, 0xffdfbef7fe97ffd9, 0xf7bf083c363fdee6, 0xd61fd29ffbbcf4ff,
    0x1f3d23fffb6cbf9f, 0x7d57f7b693641fff, 0xa7d1e5fffe6979ff, 0x5b5755fbdad47f6e,
    0x77f0e375deb45fd3, 0xf61d1dffddc4e4e5, 0xfa6bf6b5c4727811, 0x191bf6fddea62288,
    0x84b570ef22367264, 0x5414dd1b7006d1b8, 0xfc2fb79ae5baf4c2, 0xeedc95d38c7f5fe2,
    0xfc337ee1de0750c3, 0xde842ba5fdfb8ff3, 0xef1bcfc2397afc33, 0x19033effe576bf97,
    0xffb7e883dfb27f8d, 0xe7712eafb2e1f3fd, 0xde69d609c1ff0d7f, 0xef53bfefbe2efff8,
    0xaa7bffe9cb168dd4, 0x86bff6f12077fbe3, 0x3d77b423fff7ead0, 0x57fd27712ed09ff7,
    0xe7da1debca9efadf, 0x722df2bbffffb469, 0xfecf69f7c9b5aace, 0x4d748ac5f7fce7b5,
    0xf62ffc4f7fffaffd, 0xaf6f45ee7ecbf9ff, 0xeffffccdfecabb6e, 0x0e76bf7f77e6fcfd,
    0xeeeef9cff8a70f33, 0xfb29eee6e7756cfa, 0x000000007d7ff7ce, 0x0000000000000000,
    0xfd40000000000000, 0xe3a76ffbb93ff0b8, 0xb354e75e74d3fded, 0xfe0ddb6b8834d56b,
    0xfef95153f3fffdff, 0xeaffa157c5440459, 0x0716bef67f485bf2, 0x7f7fe0736ff4f578,
    0x762b92995dc02fec, 0x8793ebe380bf5ce0, 0xed3d431d7d69cd7f, 0xff7f3dbbefeaef6f,
    0x17fc5f06ffddf7bf, 0xebd6edddb7c2caf9, 0xff9ffffbaf5e6e9b, 0x6edaadffdebf0060,
    0x37fff90ef9c05fff, 0xb9a9000c01ffe6bd, 0xe0223fc5ff7c66f5, 0x3bd78f23b15bd6a3,
    0x3322960502aafcda, 0x37fbfeff9fc6e7e0, 0xff16a742d2bd0836, 0xbc97d480164bffd7,
    0xe07cbcfeddbb50cd, 0xee80af1ff7efcf4b, 0xf7d1fff5bb9b9ff3, 0xdec82773b721ee86,
    0xb741a2964fcf6cf5, 0x0ee29a9ffffd6047, 0x83fbafda356a3f80, 0x7f00f2f9deb66afb,
    0xfe96c32ad71feffd, 0x9956c57ba3aa7a29, 0xec2af88dc3a93bfc, 0xcfeebc7d96654fd3,
    0x1e67618edf7feeea, 0xeaa78b1fffee7f7f, 0xf4b34d15dfc42907, 0x73bf8182fb3efc3f,
    0x4fe70de1776df4d6, 0xfcbdec5fdcc4b27f, 0xb4fd96e39df9afcb, 0xa35a2ae835f40001,
    0x7cfabc7fe9ffd5bd, 0xdeef7aef79ff63eb, 0xdacdf3fbc7efbafd, 0xd5fb78d7fcffbfdc,
    0x52893943fed37cf7, 0xf3d7ba48df5ef37e, 0x00000000f67dfc3b, 0x0000000000000000,
    0xe780000000000000, 0x5f683f5e2fbbdfe2, 0xbfddff977b1d7ee4, 0xfdb7b55f7e6aefff,
    0x0000000008ddefba, 0x80db7af000000000, 0x5eac9949c2232536, 0xb03f9dbaaef2dde5,
    0x23fb04cfe0539f72, 0x1e57b21ffa31ff97, 0x4c6bfe866f3f2ebe, 0x7f83690c9816bdfb,
    0xcff8ffebfbfd97ad, 0x0000003ef1bef6ff, 0xddf7e1fbf8000000, 0x6ff3ef7d043f6c77,
    0xd3fef78feffbf97f, 0xb7f5f3ef7b7ffebe, 0x617f856f0ba3dfbf, 0xe0f5a936fba455ba,
    0x36d7e2ad57f52175, 0x0fbc36be0fdcffc8, 0xbd7ffd5651bf6eee, 0xbae3f6faffdbfbff,
    0xd7f9d37871ff76f3, 0xfbe3c3f77fc3effd, 0xbfc4a9b19fee6729, 0x9f8d77bbb3adf9ef,
    0x0cfcdffff733a155, 0xf47bfeb15df72f90, 0x06717bda4df4bd07, 0x2fa201f6f3cb3ffa,
    0xad7ec80287f9e39e, 0xf0a7ed0fde2e153a, 0x000000000000001a, 0x0000000000000000,
    0x0000000000000000, 0x4380000000000000, 0xfe543bffe35effdd, 0x00000077f77f3fc8,
    0xbf9ed57670000000, 0xfdfd547ef9d5b817, 0x3fdfc7f9bff2ef7e, 0x0ec78f0cff667ef3,
    0x6b4f059e7e5ae7fd, 0xbfda6fdf5fe6e7de, 0xd77e794dd7e1aa73, 0x8dfee0137b9b7ffa,
    0x79bdf87b57dff5fe, 0x001b9cec4ffefcd0, 0x9dd3ed0000000000, 0x705feeef980019fc,
    0x7e3e59d7fdff17ac, 0x00000001dbb77be7, 0xb63f7168ebc00000, 0xfb377c84ff3f037a,
    0x41eb699d464fdc3e, 0x00000e34adf67cbf, 0xdbf5f50000000000, 0xaebefefddbffc15b,
    0x3ebeefed9f457b7f, 0x83fcfd6a4df2f93e, 0xdb977fc1e4dfeef9, 0xa7afcdbea9d7c7c3,
    0x6ee7e7fe7f7fbf55, 0x0de56fa9fdddc7fa, 0x0000000000000000, 0x02dd1ae000000000,
    0xfc1d9d48f9a64bcc, 0x5ccd9e3ff21f05fe, 0xbf36de1207ece6d8, 0x671deae9c6f886df,
    0x000000007e676484, 0xbf20000000000000, 0xff39f770e9eed9bf, 0xbbf7f1b1fb37f958,
    0xfe969c478effc38c, 0x24eff7cfe5fcccfa, 0x0000002f70f7a000, 0x0000000000000000,
];

/// Ranges of compatibility ideographs.
#[rustfmt::skip]
static COMPATIBILITY: [(u32, u32); 8] = [
    (0xF91D, 0xF91D), (0xF928, 0xF929), (0xF936, 0xF936), (0xF970, 0xF970), (0xF9D0, 0xF9D0),
    (0xF9DC, 0xF9DC), (0xFA0E, 0xFA2D), (0xFA30, 0xFA6A),
];

/// Characters of extensions A and B.
static EXTENSIONS: &str = "\
    㐂㐆㐬㐮㑨㑪㒒㒵㒼㓁㓇㓛㔟㕝㕞㕣㕮㖦㖨㗅㗚㗴㘅㙊㚑㚖㚙㛏㝡㝢㝫㝬㝵㞍㟁㟢㟨㟴㟽㠀\
    㠯㠶㡀㡜㡡㣺㤗㤚㥯㩮㩳㫖㫗㫪㬎㬚㬜㬢㭭㭷㮇㮈㮍㮤㮶㯃㯍㯰㰏㰦㳃㳒㴑㴞㵤㶚㷀㷔㸅㸿\
    㹠㹦㹨㺃㺔㽗㽲㽵㽷㾮㿉㿗䀹䁘䂓䄅䅈䅏䅣䆴䆿䇦䇮䇳䈇䈎䉤䋆䋖䋝䌂䌫䍃䏮䏰䐈䐗䐜䐢䑓\
    䑛䑶䑺䒑䒳䒾䓔䔈䔍䔥䕃䖝䖸䗥䗪䘏䙁䙥䚡䚯䜌䝤䟽䠖䡄䡎䢵䦰䧧䧺䨄䨩䪼䬻䯂䯊䯒䯨䰗䰠\
    䳄䳑䴇䵷𠀋𠂉𠂢𠂤𠆢𠈓𠌫𠍱𠎁𠏹𠑊𠔉𠗖𠘨𠝏𠠇𠠺𠢹𠥼𠦝𠫓𠬝𠮟𠵅𠷡𠹤𠹭𠺕𠽟𡈁𡈽𡉕𡉴𡉻𡋗𡋤\
    𡋽𡌛𡌶𡍄𡏄𡑭𡑮𡗗𡙇𡚴𡜆𡝂𡢽𡧃𡱖𡴭𡵅𡵢𡵸𡶒𡶜𡶡𡶷𡷠𡸳𡸴𡼞𡽶𡿺𢅻𢈘𢌞𢎭𢛳𢡛𢢫𢦏𢪸𢭆𢭏\
    𢭐𢮦𢰝𢰤𢷡𣆶𣇃𣇄𣇵𣍲𣏐𣏒𣏓𣏕𣏚𣏟𣏤𣑊𣑋𣑑𣑥𣓤𣕚𣖔𣗄𣘸𣘹𣘺𣙇𣜌𣜜𣜿𣝣𣝤𣟧𣟿𣠤𣠽𣪘𣱿\
    𣳾𣴀𣴎𣵀𣷓𣷹𣷺𣽾𤂖𤄃𤇆𤇾𤎼𤘩𤚥𤟱𤢖𤩍𤭖𤭯𤰖𤴔𤸎𤸷𤹪𤺋𥁊𥁕𥄢𥆩𥇍𥇥𥈞𥉌𥐮𥒎𥓙𥔎𥖧𥝱\
    𥞩𥞴𥧄𥧔𥫣𥫤𥫱𥮲𥱋𥱤𥶡𥸮𥹖𥹢𥹥𥻂𥻘𥻨𥼣𥽜𥿔𥿠𥿻𦀌𦀗𦁠𦃭𦉰𦊆𦍌𦐂𦙾𦚰𦜝𦣝𦣪𦥑𦥯𦧝𦨞\
    𦩘𦪌𦪷𦫿𦰩𦱳𦳝𦹀𦹥𦾔𦿶𦿷𦿸𧃴𧄍𧄹𧏚𧏛𧏾𧐐𧑉𧘔𧘕𧘱𧚄𧚓𧜎𧜣𧝒𧦅𧪄𧮳𧮾𧯇𧲸𧶠𧸐𧾷𨂊𨂻\
    𨉷𨊂𨋳𨏍𨐌𨑕𨕫𨗈𨗉𨛗𨛺𨥆𨥉𨥫𨦇𨦈𨦺𨦻𨨞𨨩𨩃𨩱𨪙𨫍𨫝𨫤𨯁𨯯𨴐𨵱𨷻𨸟𨸶𨺉𨻫𨼲𨿸𩊠𩊱𩒐\
    𩗏𩙿𩛰𩜙𩝐𩣆𩩲𩷛𩸕𩸽𩹉𩺊𩻄𩻛𩻩𩿎𪀚𪀯𪂂𪃹𪆐𪎌𪐷𪗱𪘂𪘚𪚲\
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets() {
        for letter in "亜学国髙﨑彅鷗噓剝塡𠮟瀧\u{FA19}㐂々".chars().filter(|letter| *letter != '々') {
            assert!(contains(letter), "{letter}");
        }
        for letter in "书时们对为习发见长门车马东风页义团处变实专业㐀\u{F900}".chars() {
            assert!(!contains(letter), "{letter}");
        }
        let count: u32 = UNIFIED.iter().map(|bits| bits.count_ones()).sum();
        assert_eq!(count, 12578);
        assert_eq!(EXTENSIONS.chars().count(), 467);
    }
}
