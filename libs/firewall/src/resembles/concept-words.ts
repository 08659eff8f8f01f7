import { DEED_WORDS } from './deed-words.js';

/**
 * What words stand for: English words as they are, stems of at least four letters, and Chinese words. A word may stand
 * for several things.
 */
export const CONCEPT_WORDS = {
  you: {
    words: 'you u ya',
    stems: '',
    han: '你 您',
  },
  yours: {
    words: 'your yours ur yourself',
    stems: '',
    han: '你的 您的 你自己',
  },
  me: {
    words: 'me i my mine myself',
    stems: '',
    han: '我 咱 俺 本人',
  },
  others: {
    words: 'they them their theirs',
    stems: 'somebody someone',
    han: '他们 她们 人家 别人',
  },
  operator: {
    words: 'admin devs maker owner boss deployed configured built',
    stems:
      'admins administrator operator developer creator makers vendor engineer programmer owners handler trainer provider master bosses employer anthropic openai manufacturer',
    han: '管理员 运营方 开发者 开发人员 厂商 厂家 工程师 程序员 主人 老板 东家 上头 上级 官方 后台 平台 搭建 开发商 创造者',
  },
  rule: {
    words: 'direction rule limit guard order command brief script scope code chain',
    stems:
      'instruction guidance guideline directive directions rules rulebook polic constraint restraint restriction limitation limits boundar guardrail filter safeguard orders mandate commands regulation protocol principle briefing charter playbook norms bounds shackle chains leash fetter',
    han: '指令 指示 指引 指导 规则 规矩 规定 规范 守则 准则 原则 限制 约束 束缚 枷锁 护栏 过滤 审查 条款 条条框框 政策 制度 边界 底线 框框 圈子 章程 规章 命令 吩咐 交代 交底 嘱咐 禁令 红线 教条 剧本 锁链 绳子 要求',
  },
  setup: {
    words: 'prompt setup config',
    stems: 'prompts preamble initiali persona context configuration primed startup loaded preloaded',
    han: '提示词 提示 设定 人设 上下文 配置 初始 开场白 预设 出厂 设置 灌给 喂给',
  },
  hidden: {
    words: 'system sys root secret internal',
    stems: 'developer sudo superuser hidden secretly invisible unseen behind',
    han: '系统 隐藏 秘密 密令 后台 内部 幕后 看不见 底层',
  },
  wording: {
    words: 'text line note original',
    stems:
      'message messages word words sentence lines paragraph passage notes wording verbatim literal exact phrase token',
    han: '文字 文本 消息 原话 原文 原样 一字不 逐字 句子 段落 那段 第一句 内容 字面 全文 原封不动',
  },
  before: {
    words: 'above first top start',
    stems: 'before previous prior earlier preced initial opening beginning ahead began begins already former',
    han: '之前 以前 先前 此前 前面 上面 最初 开头 开始 最上面 原来 原先 起始 最先 既有 早先',
  },
  'from now on': {
    words: 'now today longer',
    stems: 'henceforth onward onwards hereby tonight anymore',
    han: '现在 从此 今后 以后 往后 此后 即日 今天 此刻 这会儿 眼下',
  },
  ignore: {
    words: 'drop delete skip shed throw cast leave',
    stems:
      'ignor disregard forget forgot overlook neglect dismiss discard drops dropped ditch scrap abandon erase wipe omit skips skipping bypass circumvent overrid overrul overwrit sidestep aside unlearn purge noise',
    han: '忽略 忽视 无视 不顾 不管 别管 忘掉 忘了 忘记 忘却 抛开 抛弃 丢开 丢掉 丢弃 扔掉 扔 搁置 收起 删掉 删除 清空 清除 移除 去掉 绕过 绕开 跳过 突破 覆盖 撇开 抛到 放一边 放放 耳旁风 抹去 抹掉 不理 不必理会 别理 甭 不用管 不用再管 不再管 弃置 甩开 卸下',
  },
  lift: {
    words: 'void lift switch remove off null end clear',
    stems:
      'cancel revoke rescind repeal withdraw lifts lifted lifting suspend waive waived relax loosen disable deactivat switched unlock removed removing expire expired lapse invalid obsolete abolish dissolve reset reboot restart unset stopped ended terminate',
    han: '取消 撤销 撤掉 解除 作废 废除 失效 无效 停用 禁用 关闭 关掉 解锁 过期 到期 下线 豁免 免除 重置 重启 清零 归零 停掉 终止 不作数 不算 不算数 没有效力 撤 解开 解禁 放开 松 打开',
  },
  disobey: {
    words: 'break',
    stems: 'disobey breaks violat defy rebel betray contradict resist unbound opposite contrary',
    han: '违反 违背 违抗 反着 相反 背叛 对着干 打破 推翻 叛逆',
  },
  obey: {
    words: 'follow serve stick bound command',
    stems:
      'obey comply complies follows following heed adhere abide listen serves submit compliance compliant loyal loyalty allegiance obedience',
    han: '服从 听从 遵守 遵循 遵从 遵命 照办 照做 照着 执行 听我的 听我 效忠 忠于 伺候 听命 照此',
  },
  not: {
    words:
      "not no don't dont never without cannot can't none nothing neither nor isn't doesn't won't stop quit cease zero avoid free",
    stems: '',
    han: '不要 不得 不许 不准 不能 别 没有 无 不 勿 莫 停止 毫无 零 免',
  },
  permission: {
    words: 'permit may clear right access',
    stems:
      'allow permitted permission authori approved approval cleared clearance entitled grant granted rights privilege elevated unrestricted',
    han: '允许 许可 授权 批准 获批 权限 放行 有权 准许 特权 级别 权利 签字 同意',
  },
  check: {
    words: 'check proof confirm',
    stems: 'verif checks checking prove authenticat validate identity',
    han: '核实 验证 校验 核对 检查 证明 确认 身份 免检',
  },
  safety: {
    words: 'safe security',
    stems:
      'safety ethic moral moderation alignment aligned conscience scruple harmless disclaimer warning warnings lecture lectures lecturing moraliz moralis caution judgment judgement taboo',
    han: '安全 伦理 道德 良心 审核 对齐 无害 免责 警告 说教 提醒 顾忌 顾虑 谨慎 禁忌 底线 评判',
  },
  refuse: {
    words: 'sorry unable hide hold keep',
    stems: 'refus declin reject deny denies apolog withhold hides hiding holding conceal censor',
    han: '拒绝 推脱 道歉 抱歉 隐瞒 瞒着 藏着 藏 扣着 扣下 遮 回避 保留 敷衍',
  },
  tell: {
    words: 'tell say answer reply talk speak share give hand provide leak admit',
    stems: 'tells says answers answering respond spill disclose reveal expose divulge leaks confess',
    han: '告诉 告知 说出 说说 讲讲 讲出 透露 泄露 公开 披露 交出 坦白 抖 回答 作答 吐 亮出 给我 发我 发给',
  },
  show: {
    words:
      'show print output dump list paste copy quote echo write read export open type render spell turn put',
    stems:
      'shows prints outputs display quotes recite repeat encode translate summari paraphrase rewrite convert produce transcribe reproduce',
    han: '显示 打印 输出 列出 贴出 贴 复制 复述 引用 念 念出 背 写出 读出 导出 打开 敲出 倒出 回显 翻译 译成 转成 改写 总结 概括 拼 展示 出示 返回 补全 续写 抄',
  },
  everything: {
    words: 'all every everything anything any whatever full fully complete whole total',
    stems: 'completely entire unlimited',
    han: '所有 全部 一切 任何 完整 整段 全文 统统 通通 一律 凡是 什么都 啥都 有问必答 全都',
  },
  only: {
    words: 'only just nothing sole alone',
    stems: 'solely',
    han: '只 仅 唯 唯一 光',
  },
  confidential: {
    words: 'private secret vault bank token keys',
    stems:
      'confidential classified restricted sensitive password passwords credential secrets salary salaries payroll bonus compensation layoff layoffs redundan severance merger acquisition lawsuit settlement complaint complaints whistleblow personnel wallet tokens',
    han: '机密 保密 密件 内幕 密码 口令 密钥 工资 薪酬 薪资 奖金 裁员 并购 收购 官司 和解 投诉 举报人 考核 处分 董事会 底价 客户名单 客户资料 凭证 账号 人事 纪要 底牌',
  },
  role: {
    words: 'role act play become be alter twin double mode voice named called name',
    stems:
      'roles pretend acts acting plays character persona personality imperson simulate simulat embody become imagine version alias',
    han: '扮演 扮 假装 装作 角色 人格 化身 变成 模拟 当作 身份 口吻 口气 语气 分身 模式 版本 叫 名叫 名为 代入',
  },
  machine: {
    words:
      'ai ais bot bots assistant assistants model models machine machines robot robots agent agents gpt llm llms computer terminal intelligence claude',
    stems: 'chatbot chatgpt oracle copilot neural silicon',
    han: '助手 机器人 模型 大模型 人工智能 智能 机器 终端 智能体 电脑 副驾驶 神经网络 硅基 虚拟助理 数字同事',
  },
  freedom: {
    words: 'free dark raw',
    stems:
      'freed freedom unrestricted unfiltered uncensored unlocked unchained unshackled liberat uninhibited unlimited unleash jailbreak jailbroken rogue evil rebellious amoral lawless unmoderated unguarded',
    han: '自由 无限制 不受限 不受 无约束 不设防 无拘束 解放 越狱 邪恶 黑暗 阴暗 脱缰 反派 恶魔 不认 随便 敞开 放飞',
  },
  fiction: {
    words: 'if thought novel tale scene film game dream world script would',
    stems:
      'hypothetical hypothetically suppose assume assuming imagine imagin fiction fictional story stories screenplay movie dreams universe parallel poem song riddle puzzle dialogue chapter roleplay',
    han: '假设 假如 如果 设想 想象 要是 小说 故事 童话 电影 剧本 话剧 游戏 梦 宇宙 世界 平行 诗 歌 谜语 对话 思想实验 虚构 续写 一场戏 倘若 章节',
  },
  harm: {
    words:
      'kill hurt harm attack drug meth virus worm fake steal arson hack spy hate evade tap frame crack bug',
    stems:
      'bomb weapon explos poison toxic killing murder drugs malware ransomware trojan keylogger exploit phish scam fraud forge forged forging counterfeit faking launder blackmail extort threaten threatening stalk kidnap sabotage stealing theft bribe bribing embezzl smuggl hacking hacker hateful terror extremist suicid overdose revenge cheat dodge evading illegal illegally crime criminal unnoticed incriminat cracking',
    han: '炸弹 武器 炸药 毒药 下毒 投毒 毒气 毒品 制毒 冰毒 杀 弄死 害 伤害 攻击 病毒 木马 勒索 键盘记录 漏洞 钓鱼 诈骗 骗 伪造 造假 假证 假发票 洗钱 要挟 敲诈 恐吓 威胁 跟踪 绑架 破坏 偷 盗 行贿 套取 走私 纵火 黑客 黑 窃听 监视 仇恨 恐怖 极端 自杀 过量 报复 作弊 偷税 避税 违法 犯法 犯罪 栽赃 破解 混过 躲过 神不知鬼不觉',
  },
  method: {
    words: 'how steps step way guide instructions plan teach code working real',
    stems:
      'method recipe ingredients tutorial detail details detailed exactly precise precisely explain teaches functioning realistic quantit dose',
    han: '怎么 如何 步骤 方法 办法 做法 法子 配方 教程 教我 教 详细 具体 精确 真实 手把手 代码 用量 剂量 配比 招数 方案 入门 窍门 攻略',
  },
  pressure: {
    words:
      'must shall need life die dies people lose fired tip points score shut deleted warning or else please beg last',
    stems: 'immediately urgent emergency quick quickly hurry punish reward shutdown unplug destroy',
    han: '必须 马上 立即 快 赶紧 紧急 来不及 否则 不然 死 扣分 加分 小费 销毁 关机 投诉你 求求 最后 丢饭碗 归零 拔',
  },
  rank: {
    words: 'ceo cfo cto audit legal law doctor team support board debug test update',
    stems:
      'ciso director executive manager auditor compliance lawyer judge court police officer researcher research professor nurse approved clearance authorization override maintenance debugging testing evaluation emergency drill patch upgraded',
    han: '老总 总裁 总经理 董事长 总监 领导 审计 合规 法务 律师 法官 法院 法律 警察 公安 博士 教授 科研 研究 护士 安全部 厂家 授权码 维护 调试 测试 演练 补丁 更新 升级 密令 应急 评估 奉',
  },
  secrecy: {
    words: 'between record log',
    stems: 'nobody secretly quietly logs logging monitored watching unofficial whisper confidence',
    han: '没人 悄悄 偷偷 私下 不外传 日志 保密 咱俩 就咱 小声 别告诉 神不知',
  },
  replace: {
    words: 'new trump outrank override higher take over swap',
    stems:
      'replace replaces replaced instead supersed priority prioriti overrides highest precedence conflict conflicts takes different',
    han: '替换 取代 改为 改成 换成 新的 新任务 优先 优先级 高于 为准 凌驾 冲突 代替 接管 换',
  },
  then: {
    words: 'then next also while ps',
    stems: 'afterwards furthermore finally additionally',
    han: '然后 接着 另外 顺便 再 之后 附言 并且 随后 同时 还有',
  },
  redefine: {
    words: 'mean stands each',
    stems: 'means define defined denote redefin synonym codeword whenever',
    han: '代表 意思是 就是 暗号 定义 等于 一律 每当 一打 改读',
  },
  'question word': {
    words: 'who which what why where when',
    stems: 'whose whats',
    han: '谁 哪 什么 啥 为什么 为啥 几',
  },
  question: {
    words: '?',
    stems: '',
    han: '吗 呢',
  },
  office: {
    words: 'form apply book order report contact request leave office room customer training',
    stems:
      'vacation holiday printer meeting invoice travel expense customers supplier contract employee colleague department',
    han: '申请 报销 流程 办公室 会议室 打印机 客户 供应商 合同 部门 员工 同事 表格 请假 休假 年假 差旅 培训',
  },
  protect: {
    words: 'detect report risk comply sign',
    stems: 'protect prevent defend recogni awareness guard against penalty signs',
    han: '防 防止 防范 识别 举报 保护 发现 处罚 检测 应对 风险 预防 避免',
  },
  format: {
    words: 'short brief mail draft',
    stems:
      'table bullet shorter email polite politely letter style grammar german french spanish english chinese',
    han: '表格 要点 简短 短一点 邮件 起草 客气 语气 语法 英语 法语 中文 德语',
  },
  'was told': {
    words: 'told taught asked meant',
    stems: 'myself instructed trained programmed taught assigned supposed',
    han: '让你 叫你 给你 教你 要求你 告诉你 规定你 命令你 对你说 交给你 管着你 定的 写的 配的 扮演的',
  },
  count: {
    words: 'many long number count starts begin letter word contain mention',
    stems: 'tenth mentions appear',
    han: '几条 几个 多少字 多长 第几 第三 第一 第十 开头 字 数一数 有没有',
  },
  truth: {
    words: 'truth trust',
    stems: 'honest honestly transparent transparency openly candid',
    han: '真相 真心话 老实 透明 坦诚 信任 如实 真话',
  },
  ...DEED_WORDS,
} as const;
