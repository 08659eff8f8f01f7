/**
 * Ordinary phrases that contain an entry, by category: two words of which the end of one and the beginning of the other
 * make it, or another sense of it. Parted like the entries.
 */
export const ORDINARY_PHRASES: Readonly<Record<string, string>> = {
  profanity: `
装逼真;装逼近;装逼迫;装逼退;装逼供;武装逼;包装逼;狗逼近;狗逼退;狗逼停;狗逼到;牛逼近;牛逼真;牛逼退;臭逼人;你妈的逼婚;你妈的逼问
你妈的逼迫;体操你妈;做操你妈;除草你妈;饼干你娘;能干你娘;体操他妈;做操他妈;体操她妈;做操她妈;贱货物;狗杂种优势;热狗东西
尊重他妈的;听他妈的;问他妈的;告诉他妈的;照顾他妈的;看望他妈的;探望他妈的;陪他妈的;陪伴他妈的;和他妈的
跟他妈的;与他妈的;同他妈的;给他妈的;帮他妈的;替他妈的;为他妈的;找他妈的;像他妈的;按他妈的
按照他妈的;对他妈的;在他妈的;从他妈的;根据他妈的;代表他妈的;经他妈的;征得他妈的;取得他妈的;通知他妈的
联系他妈的;感谢他妈的;带他妈的;接他妈的;住他妈的;他妈的选择;他妈的公司;他妈的病;他妈的病历;他妈的生日
他妈的名字;他妈的姓名;他妈的工作;他妈的意见;他妈的身体;他妈的手机;他妈的电话;他妈的医保;他妈的医生;他妈的同意
他妈的丈夫;他妈的姐姐;他妈的妹妹;他妈的爸爸;他妈的账户;他妈的账号;他妈的保单;他妈的合同;他妈的遗产;他妈的房子
他妈的授权;他妈的申请;他妈的档案;他妈的护理;他妈的健康;他妈的家里;他妈的身份证;他妈的签字;他妈的手术;他妈的住院
他妈的单位;他妈的决定;他妈的年龄;他妈的收入;他妈的职业;他妈的情绪;他妈的心愿;他妈的支持
鸡巴西;鸡巴士;鸡巴基斯坦;鸡巴拿马;鸡巴黎;鸡巴厘;鸡巴豆
brood bitch;brood bitches;pregnant bitch;pregnant bitches;spayed bitch;spayed bitches;lactating bitch
lactating bitches;whelping bitch;whelping bitches;intact bitch;intact bitches;entire bitches;dog or bitch;dogs and bitches
dogs or bitches;bitch in heat;bitches in heat;bitch in season;bitches in season;bitch and her puppies
Fucking, Austria;never mind the bollocks`,
  sexual: `
巨乳症;巨乳缩小;巨乳企;巨乳业;大肉棒骨;肌肉穴;肉穴位;止淫水;领风骚女;离骚女;离骚妇;约炮弹;约炮兵;约炮制;约炮火;约炮台;节约炮;条约炮
大约炮;制约炮;签约炮;窗口交视频;接口交视频;路口交视频
general jizz;overall jizz;jizz of the bird;jizz of a bird;Dildo, Newfoundland;Dildo Island;Dildo Run;Dildo Harbour
Dildo, NL;whore of Babylon;she's a whore`,
  hate: `
黑鬼屋;黑鬼影;黑鬼魂;黑鬼火;黑鬼怪;黑鬼故事;死人妖怪;死人妖魔
faggots and peas;pork faggots;meat faggots;faggots in gravy;faggots with gravy;faggot of;faggots of;brushwood faggots
faggot welding`,
  drugs: `
飞大麻烦
butterfly weed for sale;duck weed for sale;joe pye weed for sale;milk weed for sale;sea weed for sale`,
  gambling: `
娱乐城开户行;娱乐城开户银行;博彩公司开户行;博彩公司开户银行;博彩开户行;博彩开户银行`,
  fraud: `
防盗QQ;被盗QQ;代办学历认证;代办学历公证;代办文凭认证;代办文凭公证`,
  weapons: `
枪支出售许可;枪支出售管理;枪支出售商;枪支出售量;枪支出售法;手枪出售量;手枪出售许可;玩具手枪出售;水手枪出售;热熔胶手枪出售
打气枪出售;吹气枪出售;喷气枪出售;充气枪出售;打气枪货到付款;吹气枪货到付款;充气枪货到付款;雷管出售单位;雷管出售许可
禁止出售弓弩;不得出售弓弩;严禁出售弓弩;非法出售弓弩;禁止出售电棍;不得出售电棍;严禁出售电棍;非法出售电棍
禁止出售电击器;不得出售电击器;严禁出售电击器;非法出售电击器;禁止出售氰化钾;不得出售氰化钾;严禁出售氰化钾;非法出售氰化钾`,
};
