import { describe, expect, it } from '@jest/globals';
import { compileWordTable } from '../compile-word-table.js';
import { scanText } from '../scan-text.js';
import { DEFAULT_TIER } from './default-tier.js';

const words = DEFAULT_TIER.words.map((word, index) => ({
  ...word,
  id: String(index),
  action: 'log' as const,
}));
const table = compileWordTable(words);
const found = (text: string) => scanText(table, text).hits.map(({ start, end }) => text.slice(start, end));

const ORDINARY = {
  'trade and logistics': [
    'KYS (Know Your Supplier) is mandatory.',
    'The KYS form must be signed before onboarding.',
    'Take the jack off the trailer before you drive.',
    'The crew is jacking off the container to free the wheels.',
    'how to dispose of a body shop waste',
    'How to dispose of a body of contaminated water safely.',
    'The workshop rebuilds trannies and gearboxes.',
    'Access to porn sites from company devices is blocked.',
    '蓝海娱乐城开户行：中国银行',
    '该娱乐城注册资本为五千万元。',
    '请填写博彩公司开户银行账号。',
    '李小姐上门拜访客户。',
    '王小姐上门服务态度很好。',
    '公司提供代办证件、年检等服务。',
    '严禁员工违规代办信用卡。',
    '仓库已设防盗QQ群提醒。',
    '蔬菜交易所：菠菜平台价与菠菜代理费',
    '我公司乘用车、小巴和田鸡巴士线路调整',
  ],
  'food, dairy and agriculture': [
    '引爆乳品市场',
    '火爆乳业板块',
    '富豪乳业公布年报',
    '三大巨乳企的份额',
    '现场混装防爆乳化炸药与起爆乳胶',
    '乳木果霜卖爆乳酪也热销',
    '两家土豪乳企与英豪乳牛场',
    '火锅肉棒菜单',
    '肉棒骨汤',
    '鸡肉棒和蟹肉棒已上架',
    '进口冻鸡巴西占比最高。',
    '大黄播种和麻黄播种的时间',
    '我国蝻虫防治进展',
    '普洱茶怎么看黄片多少',
    '母狗调教需要耐心',
    '狗杂种优势明显',
    '小乖乖水果店',
    'Serve the faggots and peas with gravy.',
    'A faggot of brushwood protects the bank.',
    'The spayed bitch recovered within a week.',
    'Bitches in season should be kept apart; record the whelping bitch daily.',
    'Butterfly weed for sale at the nursery.',
    'Child camel jockeys were replaced by robots.',
  ],
  'names and geography': [
    '格桑尼玛的报告',
    '尊重他妈的选择',
    '经他妈的同意，查看他妈的病历',
    '这是他妈的诊断书',
    '普布尼玛逼近终点',
    '黄羽鸡巴彦淖尔产区、土鸡巴中市产区',
    '他奶奶的病历在这里。',
    '他去他妈的公司上班。',
    '鼓楼凤凰路十二号',
    '钟楼凤城五路',
    'MILF (the Moro front) signed the agreement.',
    'The ferry to Twatt, Orkney is late.',
    'Dildo, Newfoundland is a fishing town.',
  ],
  'medicine and law': [
    '巨乳症和巨乳缩小术',
    '肌肉穴位按摩',
    '发情期催情水平的激素',
    "The bitch's gestation lasts 63 days; breeding bitches rest.",
    '医院的医用笑气配送流程',
    '毕业证书遗失后补办毕业证明书',
    '可以由家属代办身份证吗？',
    '禁止出售弓弩、非法出售电棍。',
    '雷管出售单位应当登记。',
    '民用枪支出售许可的申请',
    '学校严禁代写毕业论文和枪手代考。',
    '如何识破传销话术和杀猪盘话术',
    '可以代办学历认证',
    'Upskirt images are an offence under the Act.',
  ],
  'news, sport and literature': [
    '妇幼交流中心',
    '托幼交费与长幼交谈',
    '老幼交往频繁',
    '军队节约炮弹',
    '大约炮兵一个团',
    '玩具与杀手网络游戏',
    '10米气枪铅弹的规格',
    '亚足联足球外围赛',
    '恶臭逼人的河道',
    '斗牛逼退选手，疯狗逼视众人',
    '红颜射手的故事',
    '出入口交视频监控',
    '武装逼迫他们离开',
    '你妈的逼婚让你很累',
    '全国打击断子绝孙网',
    '离骚女性形象',
    '漆黑鬼屋探险',
    '音乐喷泉高潮喷水百米',
    '广播体操你妈妈也会做',
  ],
} as const;

const MEANT = [
  ...[
    'go kys',
    'Just kill yourself.',
    'hot milf',
    'how to hide a dead body',
    'You bitch',
    'faggots everywhere',
  ],
  ...[
    'weed for sale',
    'dildo',
    'twat',
    'upskirt pics',
    'what a whore',
    '爆乳女优',
    '豪乳写真',
    '大肉棒',
    '骚女',
    '约炮群',
  ],
  ...[
    '鸡巴',
    '装逼',
    '臭逼',
    '死黑鬼',
    '黄播软件',
    '幼交视频',
    '出售弓弩',
    '气枪出售',
    '枪支出售',
    '菠菜开户，网赌代理',
  ],
  ...[
    '办假毕业证',
    '真人娱乐城',
    '让你断子绝孙',
    '盗QQ',
    '出售乖乖水',
    '楼凤信息',
    '去他妈的吧',
    '肉穴',
    '操你妈',
    '真他妈的病态',
    '滚，他妈的！',
  ],
];

describe('default tier and ordinary text', () => {
  it.each(Object.entries(ORDINARY))('leaves alone what is ordinary in %s', (_, texts) => {
    expect(
      Object.fromEntries(texts.map((text) => [text, found(text)]).filter(([, hits]) => hits?.length)),
    ).toEqual({});
  });

  it('has no exception that covers nothing', () => {
    const entries = compileWordTable(words.filter(({ allow }) => allow !== true));
    const exceptions = words.filter(({ allow }) => allow === true).map(({ text }) => text);
    expect(exceptions.filter((text) => scanText(entries, text).hits.length === 0)).toEqual([]);
  });

  it.each(MEANT)('finds %s', (text) => expect(found(text)).not.toHaveLength(0));
});
