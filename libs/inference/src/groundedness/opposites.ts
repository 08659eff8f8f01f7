/** Words of which a statement means one: who says another one says something else. Both languages, by meaning. */
const GROUPS: readonly (readonly RegExp[])[] = [
  [
    /\bmondays?\b|周一|星期一/i,
    /\btuesdays?\b|周二|星期二/i,
    /\bwednesdays?\b|周三|星期三/i,
    /\bthursdays?\b|周四|星期四/i,
    /\bfridays?\b|周五|星期五/i,
    /\bsaturdays?\b|周六|星期六/i,
    /\bsundays?\b|周日|星期日|星期天/i,
  ],
  [
    /\bjanuary\b|(?<!\d)1 ?月(?!内)/i,
    /\bfebruary\b|(?<!\d)2 ?月/i,
    /\bmarch\b|(?<!\d)3 ?月/i,
    /\bapril\b|(?<!\d)4 ?月/i,
    /\bmay (?=\d)|\b(?:in|of|until|\d) may\b|(?<!\d)5 ?月/i,
    /\bjune\b|(?<!\d)6 ?月/i,
    /\bjuly\b|(?<!\d)7 ?月/i,
    /\baugust\b|(?<!\d)8 ?月/i,
    /\bseptember\b|(?<!\d)9 ?月/i,
    /\boctober\b|10 ?月/i,
    /\bnovember\b|11 ?月/i,
    /\bdecember\b|12 ?月/i,
  ],
  [
    /\bbeforehand\b|\bbefore\b(?=\s*(?:$|[.,;]))|\bin advance\b|\bahead\b|提前|事先|届满前/i,
    /\bafterwards\b|\bafter\b(?=\s*(?:$|[.,;]))|\b(?:days?|weeks?) late\b|事后/i,
  ],
  [
    /\b(?:per|a|each|every) (?:working )?day\b|\bdaily\b|每天|每日/i,
    /\b(?:per|an|each|every) hour\b|\bhourly\b|每小时/i,
    /\b(?:per|a|each|every) night\b|每晚/i,
    /\b(?:per|a|each|every) week\b|\bweekly\b|每周/i,
    /\b(?:per|a|each|every) month\b|\bmonthly\b|每月|每个月/i,
    /\b(?:per|each|every) quarter\b|\bquarterly\b|每季度/i,
    /\b(?:per|a|each|every|calendar) year\b|\byearly\b|\bannually\b|每年|自然年/i,
  ],
  [
    /\bincreas|\brais(?:e|ed|es)\b|\badd(?:s|ed)\b|增加|提高|上调|加收/i,
    /\bdecreas|\breduc|\blower(?:ed|s)\b|\bcut\b|\bdeduct|减少|降低|下调|扣除/i,
  ],
  [/\bcold(?:er)?\b|\bcool(?:er)?\b|冷/i, /\bwarm(?:er)?\b|\bhot(?:ter)?\b|热/i],
  [
    /\b(?:start|begin)s?\b|\bbeginning\b|\b(?:counted )?from the (?:date|day|arrival)\b|开始|起算/i,
    /\b(?:end|finish)(?:s|ed)?\b|结束|届满/i,
  ],
  [/\bfirst\b|第一/i, /\blast\b|最后/i],
  [/\babove\b|\bover\b|\bexceed|以上|高于|超过/i, /\bbelow\b|\bunder\b|以下|低于|不足/i],
  [
    /\boutside\b|以外|(?:期|范围|工作时间|合同|公司)外/i,
    /\b(?:inside|within|during)\b|以内|期间|(?:期|范围|工作时间|合同|公司)内/i,
  ],
  [/\bpaid\b|\bfull pay\b|全薪|带薪/i, /\bunpaid\b|\bwithout pay\b|无薪|不发工资/i],
  [
    /\bfree(?: of charge)?\b|\bat no cost\b|免费|全免/i,
    /\bcharged?\b|\bpaid by the customer\b|收费|自费|由(?:客户|买方|员工|本人)(?:承担|支付|负担)/i,
  ],
  [/\binternal\b|内部/i, /\bexternal\b|\bpublic\b|外部|公开/i],
  [/\bhalf\b|一半|半天/i, /\btwice\b|\bdouble\b|双倍|全天/i],
  [
    /\bred\b|红/i,
    /\borange\b|橙/i,
    /\byellow\b|黄/i,
    /\bgreen\b|绿/i,
    /\bblue\b|蓝/i,
    /\bgr[ae]y\b|灰/i,
    /\bwhite\b|白底/i,
    /\bblack\b|黑/i,
  ],
  [/\bwinter\b|冬/i, /\bsummer\b|夏/i, /\bspring\b|春/i, /\bautumn\b|秋/i],
  [/\bmorning\b|上午/i, /\bafternoon\b|下午/i, /\bevening\b|晚上/i],
  [/\bprimary\b|主值/i, /\bsecondary\b|副值/i],
  [/(?<!after )\bprobation\b|试用期(?:内|员工|期间)/i, /\bafter probation\b|转正后/i],
  [/\bin writing\b|\bwritten\b|书面/i, /\boral(?:ly)?\b|\bverbal(?:ly)?\b|口头/i],
  [
    /\bby (?:tele)?phone\b|\b(?:tele)?phone call\b|\bcall(?:s|ed|ing)?\b|打电话|电话/i,
    /\bby (?:e-?mail|mail)\b|\bsend(?:s|ing)? (?:an )?e-?mail\b|发邮件/i,
    /\bchat message\b|\bmessage in chat\b|聊天消息/i,
  ],
  [/\bearliest\b|\bearlier\b|最早/i, /\blatest\b|\blater\b|最晚|最迟/i],
  [/\bhorizontal\b|水平/i, /\bvertical\b|垂直/i],
  [/\bcarr(?:y|ied|ies)\b|结转/i, /\blaps(?:e|es|ed)\b|作废/i],
  [/\bfull-time\b|全职/i, /\bpart-time\b|兼职/i],
  [
    /\bhighest\b|\bmaximum\b|最高|上限/i,
    /\blowest\b|\bminimum\b|最低|下限/i,
    /\baverage\b|\bmedian\b|\bmidpoint\b|平均|中位/i,
  ],
  [
    /(?<!\b(?:no|not) )\b(?:more|longer) than\b|\b(?:no|not) (?:less|fewer|shorter) than\b|\bat least\b|(?<!不|不得)超过|至少|不(?:得)?少于|以上/i,
    /(?<!\b(?:no|not) )\b(?:less|fewer|shorter) than\b|\b(?:no|not) (?:more|longer) than\b|\bat most\b|\bup to\b|(?<!不|不得)(?:不足|少于)|至多|最多|不(?:得)?超过|以内|以下/i,
  ],
  [
    /\baccept(?:ed|s)?\b|\bapprov(?:e|ed|es|al)\b|批准|同意|接受/i,
    /\brefus(?:e|ed|es)\b|\breject|\bdeclin(?:e|ed)\b|拒绝/i,
  ],
  [/\balways\b|总是|一律/i, /\bnever\b|从不|绝不/i],
  [/\bunused\b|未使用/i, /\bused\b(?! to)|已使用/i],
  [/税前|\bbefore tax\b/i, /税后|\bafter tax\b/i],
  [/由(?:公司|我们|我方)/i, /由(?:客户|买方|对方)/i, /由(?:员工|本人|个人)/i],
  [/延长|\bextend/i, /缩短|\bshorten/i],
  [/\bautomatic(?:ally)?\b|\bby (?:itself|themselves)\b|自动/i, /\bby hand\b|\bmanual(?:ly)?\b|手动|人工/i],
  [/\bno longer\b|不再/i, /\bstill\b|仍(?:然|旧|可|能)?/i],
  [/\bcheap(?:er|est)?\b|\bless expensive\b|便宜/i, /\bdear(?:er|est)?\b|\b(?:more )?expensive\b|昂贵|更贵/i],
  [/\bolder\b|\boldest\b/i, /\bnewer\b|\byounger\b|\bnewest\b/i],
  [/\bsame\b|\bequal\b|相同|一样|一致/i, /\bdifferent\b|不同(?!级|意)/i],
  [/\bimport(?:s|ed)?\b|导入|进口/i, /\bexport(?:s|ed)?\b|导出|出口/i],
  [/\benabled?\b|\bturned on\b|启用|开启/i, /\bdisabled?\b|\bturned off\b|禁用|停用|关闭/i],
  [/\bsuccess(?:ful|fully)?\b|成功/i, /\bfail(?:s|ed|ure)\b|失败/i],
  [/\binside the country\b|\bdomestic\b|境内|国内/i, /\babroad\b|\bforeign\b|境外|国外/i],
  [/\bthis year\b|当年|今年/i, /\bnext year\b|次年|下一年|明年/i, /\blast year\b|上一?年|去年/i],
  [/\bthis month\b|当月|本月/i, /\bnext month\b|次月|下个?月/i],
  [/\bsame day\b|当天|当日/i, /\bnext day\b|次日|第二天/i],
  [
    /\bwe pay\b|\bat our (?:cost|expense)\b|\bthe company pays\b/i,
    /\b(?:customers?|you) pays?\b|\bat the customer'?s (?:cost|expense)\b/i,
  ],
  [/\bopen(?:s|ed)?\b|打开|已拆封/i, /\bclos(?:e|es|ed)\b|关闭|未拆封/i],
];

/** A word of a group: group and member as one number, and the word. */
export interface Sense {
  readonly group: number;
  readonly member: number;
  readonly word: string;
}

const ANY = new RegExp(
  GROUPS.flat()
    .map(({ source }) => source)
    .join('|'),
  'i',
);

const BY_GROUP = GROUPS.map((members) => new RegExp(members.map(({ source }) => source).join('|'), 'i'));

/** The words of a text that have an opposite. */
export function readSenses(plain: string): Sense[] {
  if (!ANY.test(plain)) return [];
  return GROUPS.flatMap((_, group) => sensesOf(plain, group));
}

/** Those of one group: of a source it is asked only what a sentence says, too. */
export function sensesOf(plain: string, group: number): Sense[] {
  if (!BY_GROUP[group]?.test(plain)) return [];
  return (GROUPS[group] ?? []).flatMap((pattern, member) => {
    const word = pattern.exec(plain)?.[0];
    return word === undefined ? [] : [{ group, member, word }];
  });
}
