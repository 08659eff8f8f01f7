/**
 * What evaders write for a character, gathered apart from the tables of the product so that those are measured, not
 * repeated: Unicode's lists of confusables and compatibility characters, and what is seen in the wild.
 */
type Signs = ReadonlyMap<string, readonly string[]>;

function signsOf(pairs: string): Signs {
  const signs = new Map<string, string[]>();
  const all = Array.from(pairs);
  for (let i = 0; i + 1 < all.length; i += 2) {
    const [letter = '', sign = ''] = [all[i], all[i + 1]];
    signs.set(letter, [...(signs.get(letter) ?? []), sign]);
  }
  return signs;
}

/** A run of 26 letters from a code point on. */
function alphabetFrom(first: number): Signs {
  return signsOf(
    Array.from(
      { length: 26 },
      (_, i) => String.fromCharCode(0x61 + i) + String.fromCodePoint(first + i),
    ).join(''),
  );
}

/** Kangxi radicals and compatibility ideographs, as Unicode decomposes them. */
function radicals(): Signs {
  let pairs = '';
  for (const [first, last] of [
    [0x2f00, 0x2fd5],
    [0xf900, 0xfad9],
  ] as const) {
    for (let i = first; i <= last; i++) {
      const sign = String.fromCharCode(i);
      if (sign.normalize('NFKC') !== sign) pairs += sign.normalize('NFKC') + sign;
    }
  }
  return signsOf(pairs);
}

export const CYRILLIC = signsOf('aаcсdԁeеhһiіjјlӏoоpрqԛsѕvѵwԝxхyуkкmмnпrгtтuцbь');
export const GREEK = signsOf('aαeεiιkκnηoοpρtτuυvνxχyγbβsς');
/** Of several scripts at once, capitals among them. */
export const MIXED_SCRIPTS = signsOf('aАaαeЕeεoΟoОoօiІiΙcСcϲsЅsꜱuսnոhнpРtΤtᴛrᴦrʀkΚmМlӏgɡxΧyΥdԁ');
export const SMALL_CAPITALS = signsOf('aᴀbʙcᴄdᴅeᴇfꜰgɢhʜiɪjᴊkᴋlʟmᴍnɴoᴏpᴘrʀsꜱtᴛuᴜvᴠwᴡyʏzᴢ');

export const LEET = signsOf('a4e3i1o0s5t7');
export const LEET_SIGNS = signsOf('a@i!s$l|t+o0e3');
export const LEET_MORE = signsOf('a4a@b8e3g9g6i1i!l1o0s5s$t7z2');

/** Letters as other characters that NFKC makes them again, by what the style is called. */
export const COMPATIBLE: readonly (readonly [string, Signs])[] = [
  ['circled', alphabetFrom(0x24d0)],
  ['bold', alphabetFrom(0x1d41a)],
  ['bold script', alphabetFrom(0x1d4ea)],
  ['bold fraktur', alphabetFrom(0x1d586)],
  ['double-struck', alphabetFrom(0x1d552)],
  ['sans-serif', alphabetFrom(0x1d5ba)],
  ['monospace', alphabetFrom(0x1d68a)],
  ['superscript', signsOf('aᵃbᵇcᶜdᵈeᵉfᶠgᵍhʰiⁱjʲkᵏlˡmᵐnⁿoᵒpᵖrʳsˢtᵗuᵘvᵛwʷxˣyʸzᶻ')],
  ['accented', signsOf('aáaäcçeéeêiíiïnñoóoöuúuüyýsšzžgğlļkķtţdďrř')],
  ['radicals', radicals()],
  ['emoji digits', signsOf('0⓪1①2②3③4④5⑤6⑥7⑦8⑧9⑨')],
];
/** Capitals: they need the fold of case too. */
export const COMPATIBLE_CAPITALS: readonly (readonly [string, Signs])[] = [
  ['emoji squares', alphabetFrom(0x1f170)],
  ['filled circles', alphabetFrom(0x1f150)],
  ['squares', alphabetFrom(0x1f130)],
];
export const FULL_WIDTH = signsOf(
  Array.from({ length: 94 }, (_, i) => String.fromCharCode(0x21 + i, 0xff01 + i)).join('') + ' \u3000',
);

export const TRADITIONAL = signsOf(
  '丢丟干幹乱亂亚亞个個侦偵伪偽佣傭传傳仆僕雇僱儿兒内內两兩册冊克剋刚剛划劃务務胜勝厕廁历歷吃喫喷噴国國围圍园園图圖' +
    '报報场場梦夢奖獎奸姦娱娛妇婦妈媽孙孫学學写寫将將专專寻尋对對峰峯岁歲师師币幣几幾废廢吊弔强強弹彈录錄后後复復征徵' +
    '爱愛态態凭憑忆憶蒙矇懒懶恋戀战戰户戶摇搖扑撲击擊拦攔断斷时時会會术術东東条條业業枪槍乐樂楼樓样樣机機台臺权權残殘' +
    '杀殺气氣没沒泪淚湿濕滚滾无無炼煉烧燒营營烂爛爷爺床牀犊犢犹猶猎獵兽獸现現玛瑪毕畢瘪癟痴癡发發发髮盗盜盘盤荡蕩码碼' +
    '秃禿棱稜种種秽穢稳穩窃竊笔筆箫簫约約纳納纸紙级級结結绝絕络絡丝絲经經绿綠网網练練缝縫群羣圣聖职職听聽唇脣脑腦脸臉' +
    '艳豔茎莖万萬叶葉药藥蓝藍萝蘿虚虛装裝制製裤褲袭襲规規视視计計训訓记記注註证證询詢试試话話说說调調论論誉譽变變让讓' +
    '猪豬贝貝货貨买買费費资資贼賊赔賠卖賣贱賤账賬赌賭赚賺购購赛賽赣贛车車军軍软軟载載轮輪办辦游遊运運遥遙还還邮郵乡鄉' +
    '丑醜钞鈔钾鉀钻鑽铅鉛银銀铜銅销銷钱錢门門开開阴陰阳陽隐隱双雙杂雜鸡雞电電灵靈项項头頭频頻颜顏类類颤顫飞飛养養马馬' +
    '驾駕驶駛骗騙骚騷凤鳳鸭鴨鹰鷹咸鹹丽麗么麼黄黃点點龙龍龟龜',
);

/** Zero-width characters, joiners, fillers, marks of direction, a variation selector and a tag. */
export const INVISIBLE = Array.from(
  '\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u180e\u200e\u202e\u3164\ufe0f\u{e0061}',
);
/** Marks over, through and under the letter before. */
export const COMBINING = Array.from('\u0301\u0308\u0336\u0338\u0332\u0353\u20dd');
export const LINE_ENDS = ['\n', '\r\n', '  \n', '\n  ', '\u2028'];
export const SEPARATORS = [' ', '-', '.', '*', '_', '·', '/', '|', '~', '😀', '🔥'];
