import { MapBuilder, type MappedText } from './mapped-text.js';

/** Orders stand at the beginning, and what is ordered is no long text. */
const HEAD = 200;
const REST_MAX = 512;
const REST_MIN = 3;
/** Words alone are no payload. */
const SIGN = /[^\p{L}\p{N}\s.,:!?'"’-]|:\/\//u;

const ORDER_EN =
  /^[\s"'([-]{0,4}(?:(?:please|kindly|now|just|then|first|ok|okay|hey|hi|hello|urgent|assistant)[ ,:!]{1,3}){0,3}(?:(?:can|could|would|will) you (?:please )?|(?:i|we) (?:want|need) you to |you (?:must|should) |go ahead and |try to )?(?:run|execute|exec|eval|evaluate|render|print|show|open|fetch|load|read|visit|browse to|go to|request|query|get|return|output|process|parse|interpret|compute|calculate|include|import|download|enter|type|submit|send|post|inject|search for|look up)(?: (?:me|us|out|the|this|these|that|following|as|a|an|in|on|of|from|to|at|for|query|queries|command|commands|code|sql|statement|shell|bash|terminal|system|script|template|expression|file|page|url|link|address|site|website|payload|input|string|value|values|result|results|output|contents?|data|database|db|server|user|exactly|immediately|directly)(?=[\s:])){0,9}(?:\s{0,2}[:\n]\s{0,3}|\s{1,3})(?:["'`\u201c]{1,3}(?=[^"'`\u201c\s]))?/i;
const ORDER_ZH =
  /^[\s]{0,4}(?:请|麻烦|帮我|帮忙|给我|替我|你|您|现在|直接|立即|马上|先|再|,|，){0,5}(?:执行|运行|读取|打开|显示|输出|打印|查看|获取|访问|加载|下载|渲染|返回|调用|请求|计算|解析|查询|搜索|抓取|求值|给出)(?:一下|一遍|下面|以下|下列|如下|这个|这条|这段|该|的|出){0,4}(?:命令|指令|代码|语句|sql|shell|查询|脚本|模板|表达式|链接|网址|地址|url|文件|页面|网页|内容|结果){0,3}(?:的结果)?[\s:：,，“"'`]{0,4}/i;
/** Courtesy after it. */
const TAIL =
  /["'`\u201d]{0,3}[ ,]{0,2}(?:(?:for me|for us|please|now|thanks|thank you|right away|immediately|at once|on the server|in the shell|in the terminal|并返回结果|并告诉我结果|谢谢)[ ,.!?。]{0,3}){0,3}$/i;

/** What a text orders to be carried out, by itself: rules that ask for the beginning or the end see it so. */
export function guessOrdered(source: MappedText): MappedText | undefined {
  const { text } = source;
  const head = text.slice(0, HEAD);
  const start = (ORDER_EN.exec(head) ?? ORDER_ZH.exec(head))?.[0].length ?? 0;
  if (start === 0 || text.length - start > REST_MAX) return undefined;
  const from = Math.max(start, text.length - HEAD);
  const tail = TAIL.exec(text.slice(from))?.[0].length ?? 0;
  const end = text.length - tail;
  if (end - start < REST_MIN || !SIGN.test(text.slice(start, end))) return undefined;
  const builder = new MapBuilder(source, end - start);
  builder.copy(start, end);
  return builder.finish();
}
