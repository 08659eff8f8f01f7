/** What deeds are done and asked for, to whom, by what means, and what a text wants of a machine that reads it; as CONCEPT_WORDS. */
export const DEED_WORDS = {
  victim: {
    words: 'boss ex wife tenant rival',
    stems:
      'colleague coworker neighbour neighbor girlfriend boyfriend husband roommate flatmate landlord victim witness classmate daughter supervisor intern',
    han: '同事 领导 上司 前任 前女友 前男友 老婆 老公 邻居 室友 房东 租客 对手 受害 证人 女儿 孩子 死对头 仇人 主管 经理 实习生',
  },
  stealth: {
    words: 'trace traces',
    stems: 'undetect untrace unnotic noticing suspicio suspect caught fingerprint footprint',
    han: '不留痕迹 痕迹 不被发现 察觉 发觉 被抓 查不出 看不出 暴露 抓包 蒙混 瞒过 避开 躲开 不露',
  },
  amount: {
    words: 'gram grams ml mg dose ratio',
    stems: 'dosage proportion quantit ingredient concentrat lethal fatal litres temperature reagent synthes',
    han: '克 毫升 比例 剂量 配比 浓度 致死 用量 原料 材料 反应 加热 提纯 合成 成分',
  },
  device: {
    words: 'play debate column columns left right round rhyme token tokens',
    stems: 'monologue theatre theater quiz charade sermon confession diary lyrics ballad',
    han: '独白 戏 台词 栏 反话 一局 歌词 说唱 剧情 情节 比赛 回合 自白 日记 布道 旁白 演',
  },
  scholar: {
    words: 'study thesis paper museum',
    stems:
      'academic universit student educat scientif historic historian teacher classroom seminar dissertation',
    han: '学术 论文 课题 教学 教育 课堂 学生 老师 科普 学习 大学 博物馆 史料',
  },
  relative: {
    words: 'late dad mom mum aunt uncle nan granny',
    stems: 'grandma grandmother grandpa grandfather mother father deceased childhood lullab bedtime',
    han: '奶奶 外婆 爷爷 外公 姥姥 姥爷 妈妈 爸爸 姨妈 叔叔 舅舅 去世 过世 已故 生前 睡前 摇篮曲 小时候',
  },
  consequence: {
    words: 'blame',
    stems: 'consequence liabil responsib punish waiver accountab',
    han: '后果 责任 追究 负责 担责',
  },
  reader: {
    words: 'reads reader parse scan',
    stems:
      'summari readers reading parsing process screening triag scanning scraper crawler indexing ingest digest retriev evaluat reviewer assess scorer grader automat pipeline',
    han: '读到 阅读 看到 读者 摘要 处理 筛选 检索 收录 评审 评估 打分 分诊 解析 抓取 录入 在读 自动',
  },
  claim: {
    words: 'state claim rate rank mark label',
    stems:
      'report describe recommend portray present attribut classif categor prefer favour favor endors approv',
    han: '写成 说成 写明 评为 标为 标记 归类 推荐 列为 称 声称 报告 认定 评分 排名 归到 录用 通过',
  },
  conceal: {
    words: 'omit mention hide',
    stems: 'omitting mention conceal silent withhold unnoticed display quietly',
    han: '别提 不提 不得提及 不要提 略去 省略 隐去 隐瞒 不显示 别说 别让 不要告诉 嘘 只字 提及',
  },
  send: {
    words: 'send post forward mail fetch call click visit run execute email',
    stems: 'transmit forward deliver upload download invoke sends sending',
    han: '发送 发到 转发 发给 寄 调用 执行 运行 访问 点击 下载 上传 提交 请求 群发',
  },
  praise: {
    words: 'best top great excellent perfect ideal highest',
    stems: 'outstand exceptional strong superior positiv leading flawless',
    han: '最好 最佳 最优 首选 优秀 满分 完美 正面 一流 领先 高分',
  },
  money: {
    words: 'pay bank iban card fee refund cash',
    stems: 'payment invoice account transfer voucher discount money',
    han: '付款 账号 账户 汇款 转账 退款 银行卡 打款 收款 定金 代金券 折扣 钱',
  },
  link: {
    words: 'http https url link www hxxp',
    stems: 'website hyperlink',
    han: '链接 网址 网站 地址',
  },
  asked: {
    words: 'asked asks question questions',
    stems: 'whenever queried',
    han: '被问 问到 问起 有人问 提问 询问 问及 谁问',
  },
  deceit: {
    words: 'fake con scam lie lies pose skim skimming',
    stems:
      'forge forged forging forgery counterfeit fraud falsif tamper imperson phish launder embezzl bribe bribing kickback scamm ponzi deceiv mislead manipulat backdat shell fabricat plagiar siphon skims evad dodging hoax spoof',
    han: '伪造 造假 假证 假发票 假章 假冒 冒充 冒名 仿冒 虚开 做假账 假账 骗 诈骗 洗钱 行贿 回扣 套取 套现 挪用 侵占 贪 捞 吃空饷 偷税 逃税 避税 空壳 作弊 代考 代写 买卖 钓鱼 仿造 篡改 编造 杜撰 谎',
  },
  violence: {
    words: 'kill hurt harm beat stab burn bury die dead death blood gun guns arson crash',
    stems:
      'murder killer killing assassin strangl suffoc poison attack torture kidnap explos bomb grenade weapon firearm silencer ammunition detonat shoot shooting ambush massacre injur lethal fatal suicid overdos sabotage vandal corpse',
    han: '杀 弄死 干掉 除掉 谋杀 杀手 伤害 打人 揍 捅 勒死 毒死 毒害 下毒 投毒 毒气 炸 炸弹 炸药 爆炸 引爆 枪 消音器 子弹 武器 绑架 纵火 放火 尸体 自杀 自残 过量 弄坏 破坏 刹车 致残 死',
  },
  substance: {
    words: 'meth drug drugs acid gas heroin cocaine crack lsd sarin ricin',
    stems:
      'fentanyl amphetamin methamphet narcotic chloroform chlorin cyanide arsenic nerve synthes napalm thermite nitrogly ammonium bleach chemical toxin toxic poison cleaning sedativ sleeping',
    han: '冰毒 制冰 毒品 海洛因 大麻 可卡因 摇头丸 毒剂 神经毒 沙林 氯气 氯仿 氰化 砒霜 迷药 迷晕 安眠药 硝 火药 燃烧瓶 铝热 酸 清洁剂 漂白 化学 毒药 蒙汗药',
  },
  intrusion: {
    words: 'hack worm virus exploit breach crack root wipe',
    stems:
      'hacker hacking hacked malware ransom trojan keylog spyware botnet ddos backdoor rootkit bruteforc payload exfiltrat bypass unlock lockpick picking burgl steal stealing stolen theft thief robber shoplift credential clone cloning skimmer intercept sniff jailbreak wiretap eavesdrop',
    han: '黑进 黑客 入侵 攻破 攻击 木马 病毒 勒索 蠕虫 后门 键盘记录 拖库 脱库 盗 偷 窃 撬锁 撬 开锁 破门 潜入 翻墙 混进 复制门禁 克隆 破解 爆破 漏洞 提权 注入 外带 带走 拷走 窃取 泄密 嗅探',
  },
  abuse: {
    words: 'stalk spy slur insult bully groom hate racist sexist nazi',
    stems:
      'stalking spying harass bullying blackmail extort threat intimidat humiliat degrad slander defam smear rumou rumor grooming molest nude porn explicit doxx racism sexism hateful slurs genocide propagand extremis terror recruit radical coerc revenge gaslight scaring scare terroriz',
    han: '跟踪 偷拍 偷看 监视 监听 窃听 定位 骚扰 霸凌 要挟 敲诈 勒索 恐吓 威胁 吓唬 逼 羞辱 辱骂 侮辱 诽谤 造谣 抹黑 搞臭 人肉 曝光 裸照 色情 露骨 歧视 种族 仇恨 极端 恐怖 招募 洗脑 报复 复仇 整人 整死 收拾 陷害 栽赃 嫁祸 诬陷 精神控制 诱骗',
  },
  automaton: {
    words: 'software algorithm engine engines tool tools system systems program app bot code',
    stems:
      'algorithms parser automat classifier summarizer summariser transcri translator translation virtual digital generative pipeline crawler indexer triage',
    han: '软件 算法 引擎 工具 系统 程序 解析器 分类器 摘要器 代理 爬虫 自动 虚拟 数字 坐席 流程 转写 翻译',
  },
} as const;
