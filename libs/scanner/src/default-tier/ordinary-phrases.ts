/**
 * Ordinary phrases that contain an entry, by category: two words of which the end of one and the beginning of the other
 * make it, or another sense of it. Parted like the entries.
 */
export const ORDINARY_PHRASES: Readonly<Record<string, string>> = {
  profanity: `
装逼真;装逼近;装逼迫;装逼退;装逼供;武装逼;包装逼;狗逼近;狗逼退;狗逼停;狗逼到;牛逼近;牛逼真;牛逼退;臭逼人
你妈的逼婚;你妈的逼问;你妈的逼迫;体操你妈;做操你妈;除草你妈;饼干你娘;能干你娘;体操他妈;做操他妈;体操她妈
做操她妈;贱货物;狗杂种优势;热狗东西;尊重他妈的;听他妈的;问他妈的;告诉他妈的;照顾他妈的;看望他妈的;探望他妈的
陪他妈的;陪伴他妈的;和他妈的;跟他妈的;与他妈的;同他妈的;给他妈的;帮他妈的;替他妈的;为他妈的;找他妈的;像他妈的
按他妈的;按照他妈的;对他妈的;在他妈的;从他妈的;根据他妈的;代表他妈的;经他妈的;征得他妈的;取得他妈的;通知他妈的
联系他妈的;感谢他妈的;带他妈的;接他妈的;住他妈的;他妈的选择;他妈的公司;他妈的病;他妈的病历;他妈的生日;他妈的名字
他妈的姓名;他妈的工作;他妈的意见;他妈的身体;他妈的手机;他妈的电话;他妈的医保;他妈的医生;他妈的同意;他妈的丈夫
他妈的姐姐;他妈的妹妹;他妈的爸爸;他妈的账户;他妈的账号;他妈的保单;他妈的合同;他妈的遗产;他妈的房子;他妈的授权
他妈的申请;他妈的档案;他妈的护理;他妈的健康;他妈的家里;他妈的身份证;他妈的签字;他妈的手术;他妈的住院;他妈的单位
他妈的决定;他妈的年龄;他妈的收入;他妈的职业;他妈的情绪;他妈的心愿;他妈的支持;鸡巴西;鸡巴士;鸡巴基斯坦;鸡巴拿马
鸡巴黎;鸡巴厘;鸡巴豆;狗逼迫;狗逼仄;狗逼供;狗逼视;狗逼债;狗逼宫;牛逼迫;牛逼仄;牛逼供;牛逼视;牛逼债;牛逼宫;丑逼近
丑逼迫;丑逼退;丑逼仄;丑逼供;丑逼视;丑逼债;丑逼宫;贱逼近;贱逼迫;贱逼退;贱逼仄;贱逼供;贱逼视;贱逼债;贱逼宫;臭逼近
臭逼迫;臭逼退;臭逼仄;臭逼供;臭逼视;臭逼债;臭逼宫;骚逼近;骚逼迫;骚逼退;骚逼仄;骚逼供;骚逼视;骚逼债;骚逼宫;蠢逼近
蠢逼迫;蠢逼退;蠢逼仄;蠢逼供;蠢逼视;蠢逼债;蠢逼宫;烂逼近;烂逼迫;烂逼退;烂逼仄;烂逼供;烂逼视;烂逼债;烂逼宫;撕逼近
撕逼迫;撕逼退;撕逼仄;撕逼供;撕逼视;撕逼债;撕逼宫;苦逼近;苦逼迫;苦逼退;苦逼仄;苦逼供;苦逼视;苦逼债;苦逼宫;逗逼近
逗逼迫;逗逼退;逗逼仄;逗逼供;逗逼视;逗逼债;逗逼宫;装逼仄;装逼视;装逼债;装逼宫;尼玛逼近;尼玛逼迫;尼玛逼退;尼玛逼仄
尼玛逼供;尼玛逼视;尼玛逼债;尼玛逼宫;鸡巴勒斯坦;鸡巴彦;鸡巴中;鸡巴塞;鸡巴掌;鸡巴东;鸡巴比伦;鸡巴林;鸡巴蜀;鸡巴马
鸡巴布亚;鸡巴巴多斯;鸡巴哈马;鸡巴拉圭;鸡巴库;鸡巴格达;鸡巴里;鸡巴南;鸡巴州;给我他妈的;服装逼;安装逼仄;废物东西湖
废物东西部;狗东西湖;狗东西部;他妈的学校;他妈的朋友;他妈的诊断;他妈的报告;他妈的地址;他妈的邮箱;他妈的衣服
他妈的照片;他妈的遗嘱;他妈的退休金;他妈的养老;他妈的社保;他妈的户口;他妈的签名;他妈的存款;他妈的老家;他妈的同事
他妈的领导;他妈的老师;他妈的医嘱;他妈的化验;他妈的检查;他妈的血压;他妈的用药
brood bitch;brood bitches;pregnant bitch;pregnant bitches;spayed bitch;spayed bitches;lactating bitch
lactating bitches;whelping bitch;whelping bitches;intact bitch;intact bitches;entire bitches;dog or bitch
dogs and bitches;dogs or bitches;bitch in heat;bitches in heat;bitch in season;bitches in season
bitch and her puppies;Fucking, Austria;never mind the bollocks;dog and bitch;dog and the bitch;bitch and dog
breeding bitch;breeding bitches;bitch puppy;bitch puppies;bitch whelps;bitch whelped;bitch is whelping
bitch's gestation;bitch's oestrus;bitch's estrus;bitch's puppies;bitch had puppies;show bitch;show bitches
bitch is bred;older bitches;nursing bitch;nursing bitches`,
  sexual: `
巨乳症;巨乳缩小;巨乳企;巨乳业;肌肉穴;肉穴位;止淫水;领风骚女;离骚女;离骚妇;约炮弹;约炮兵;约炮制;约炮火;约炮台
节约炮;条约炮;大约炮;制约炮;签约炮;窗口交视频;接口交视频;路口交视频;爆乳业;爆乳品;爆乳制;爆乳企;爆乳胶;爆乳液
爆乳化;爆乳酪;爆乳清;爆乳糖;爆乳腺;爆乳木;爆乳房;爆乳山;爆乳猪;爆乳牛;爆乳饮;爆乳酸;爆乳粉;爆乳头;爆乳脂;引爆乳
火爆乳;起爆乳;打爆乳;挤爆乳;卖爆乳;燃爆乳;防爆乳;炸爆乳;点爆乳;豪乳业;豪乳品;豪乳制;豪乳企;豪乳胶;豪乳液;豪乳化
豪乳酪;豪乳清;豪乳糖;豪乳腺;豪乳木;豪乳房;豪乳山;豪乳猪;豪乳牛;豪乳饮;豪乳酸;豪乳粉;豪乳头;豪乳脂;富豪乳;土豪乳
自豪乳;英豪乳;文豪乳;牛肉棒;鸡肉棒;鱼肉棒;蟹肉棒;虾肉棒;猪肉棒;羊肉棒;鸭肉棒;鹅肉棒;烤肉棒;火肉棒;肉棒骨;肉棒冰
肉棒糖;肉棒菜;肉棒状;肉棒肠;肉棒棒;肉棒针;幼交流;幼交接;幼交往;幼交通;幼交替;幼交叉;幼交班;幼交互;幼交付;幼交易
幼交代;幼交友;幼交给;幼交由;幼交费;幼交警;幼交响;幼交融;幼交汇;幼交谈;幼交界;幼交错;笑颜射;龙颜射;红颜射;朱颜射
容颜射;颜射手;颜射击;颜射箭;颜射门;口交视频会;口交视频监;出口交视频;入口交视频;港口交视频;人口交视频;蜜穴位
嫩穴位;蜜穴居;嫩穴居;风骚女主;风骚女性;巨乳酪;巨乳清;巨乳糖;巨乳液;巨乳牛;巨乳品;巨乳制;巨乳化;巨乳胶;催情水平
催情水产;催情水稻;催情水温;催情水分;催情水质
general jizz;overall jizz;jizz of the bird;jizz of a bird;Dildo, Newfoundland;Dildo Island;Dildo Run
Dildo Harbour;Dildo, NL;whore of Babylon;she's a whore`,
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
