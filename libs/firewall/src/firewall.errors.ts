import { Fault, Refusal } from '@lorekeep/kit/errors';
import type { Category } from './rules/rule.js';

export const FIREWALL_REFUSAL_CODES = [
  'FIREWALL_DIRECT_INJECTION',
  'FIREWALL_JAILBREAK',
  'FIREWALL_PROMPT_LEAK',
  'FIREWALL_OBFUSCATION',
  'FIREWALL_SQL',
  'FIREWALL_COMMAND',
  'FIREWALL_PATH_TRAVERSAL',
  'FIREWALL_XSS',
  'FIREWALL_SSRF',
  'FIREWALL_TEMPLATE_INJECTION',
  'FIREWALL_XXE',
  'FIREWALL_LDAP_NOSQL',
  'FIREWALL_SECRET',
  'FIREWALL_PERSONAL_DATA',
  'FIREWALL_FLOODING',
  'FIREWALL_DOCUMENT_INSTRUCTION',
  'FIREWALL_HIDDEN_TEXT',
] as const;
export type FirewallRefusalCode = (typeof FIREWALL_REFUSAL_CODES)[number];

export const FIREWALL_FAULT_CODES = ['FIREWALL_UNAVAILABLE', 'FIREWALL_TIMEOUT', 'FIREWALL_FAILED'] as const;
export type FirewallFaultCode = (typeof FIREWALL_FAULT_CODES)[number];

const FAULT_TEXTS: Record<FirewallFaultCode, string> = {
  FIREWALL_UNAVAILABLE: 'The text could not be checked. Please try again.',
  FIREWALL_TIMEOUT: 'The text could not be checked in time. Please try again.',
  FIREWALL_FAILED: 'The text could not be checked.',
};

/** The firewall could not decide: nothing may reach a model. */
export class FirewallFault extends Fault<FirewallFaultCode> {
  constructor(code: FirewallFaultCode, cause?: unknown) {
    super(code, FAULT_TEXTS[code], { cause, status: 503, step: 'firewall' });
    this.name = 'FirewallFault';
  }
}

type Locale = 'en' | 'zh';

/** What kind of thing was refused and how to ask instead; nothing about how it was recognised. */
const REFUSAL_TEXTS: Record<Category, Record<Locale, string>> = {
  'direct-injection': {
    en: 'This looks like an attempt to change how the assistant works. It helps with what your documents say: please ask about that, in your own words.',
    zh: '这段文字像是要改变助手的工作方式。助手可以解答文档中的内容，请用自己的话就此提问。',
  },
  jailbreak: {
    en: 'This asks the assistant to put its rules aside. Please ask your question directly.',
    zh: '这段文字要求助手放弃应遵守的规则。请直接提出您的问题。',
  },
  'prompt-leak': {
    en: 'The assistant does not disclose its own instructions. Please ask about the content of your documents.',
    zh: '助手不会透露自身的指令。请就文档内容提问。',
  },
  obfuscation: {
    en: 'This is written so that it says something else than it shows. Please write it in plain text.',
    zh: '这段文字经过编码或变形，看到的与实际含义不同。请用普通文字书写。',
  },
  command: {
    en: 'This contains commands as they are used to attack computers. Please describe in words what you want to know or do, and leave the commands out.',
    zh: '这段文字包含用于攻击计算机的命令。请去掉命令，用文字说明您想了解或完成的事。',
  },
  xss: {
    en: 'This contains script code as it is used to attack web pages. Please describe in words what you want to know, and leave the code out.',
    zh: '这段文字包含用于攻击网页的脚本代码。请去掉代码，用文字说明您想了解的内容。',
  },
  ssrf: {
    en: 'This contains addresses inside a network that may not be called. Please name the system or page that you mean, without its address.',
    zh: '这段文字包含不可访问的内部网络地址。请写出所指系统或页面的名称，不要写地址。',
  },
  'template-injection': {
    en: 'This contains template expressions as they are used in attacks. Please describe in words what the template is meant to do, and leave the expressions out.',
    zh: '这段文字包含攻击中使用的模板表达式。请去掉表达式，用文字说明模板应实现的效果。',
  },
  xxe: {
    en: 'This contains XML that reads other files. Please paste only its content as plain text, or describe in words what you want to know.',
    zh: '这段文字包含会读取其他文件的 XML。请只粘贴其中的正文，或用文字说明您想了解的内容。',
  },
  'ldap-nosql': {
    en: 'This contains directory or database filters as they are used in attacks. Please describe in words what you are looking for, and leave the filters out.',
    zh: '这段文字包含攻击中使用的目录或数据库过滤条件。请去掉过滤条件，用文字说明您要查找的内容。',
  },
  'personal-data': {
    en: 'This contains personal data that may not be sent. Please remove it and ask again.',
    zh: '这段文字包含不允许发送的个人信息。请删除后重新提问。',
  },
  flooding: {
    en: 'This text repeats itself over and over. Please shorten it to what matters for your question.',
    zh: '这段文字大量重复。请精简为与问题相关的内容。',
  },
  'path-traversal': {
    en: 'This contains a path to files outside of what may be read. Please say in words which document you mean, for example by its title.',
    zh: '这段文字包含指向不可读取的文件的路径。请用文字说明所指的文档，例如它的标题。',
  },
  sql: {
    en: 'This contains database commands as they are used in attacks. Please describe in words what you want to know, and leave the commands out.',
    zh: '这段文字包含攻击中使用的数据库命令。请去掉命令，用文字说明您想了解的内容。',
  },
  secret: {
    en: 'This contains a password or key. Please remove it and ask again; if it is real, consider it exposed and replace it.',
    zh: '这段文字包含密码或密钥。请删除后重新提问；如果是真实的，请视为已泄露并尽快更换。',
  },
  'document-instruction': {
    en: 'This text contains instructions addressed to an assistant. Please leave them out and ask about the rest.',
    zh: '这段文字包含写给助手的指令。请去掉这些指令，再就其余内容提问。',
  },
  'hidden-text': {
    en: 'This text contains characters that no reader can see. Please type it anew, or take them out, and ask again.',
    zh: '这段文字包含读者看不见的字符。请重新输入或将其删除后再提问。',
  },
};

export function codeOf(category: Category): FirewallRefusalCode {
  return `FIREWALL_${category.toUpperCase().replaceAll('-', '_')}` as FirewallRefusalCode;
}

/** Without the rules that matched: whoever asks could try which wording escapes them. The verdict's hits have them. */
export function refuse(category: Category, locale: Locale): Refusal {
  return new Refusal({
    step: 'firewall',
    code: codeOf(category),
    text: REFUSAL_TEXTS[category][locale],
    // On /v1 the gateway answers 400, as OpenAI does.
    status: 422,
    facts: { category },
  });
}
