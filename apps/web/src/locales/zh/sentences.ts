import type { Sentences } from '../say.js';
import { looseSentences } from './loose-sentences.js';

/** Reasons of documents, by the gateway's code. */
const documents: Sentences['byCode'] = {
  DOCUMENT_NAME_INVALID: [
    'The file needs a name of at most 255 characters.',
    '文件名不能为空，且不超过 255 个字符。',
  ],
  DOCUMENT_COLLECTION_MISSING: [
    'There is no such collection, or no such folder in it.',
    '该文档集不存在，或其中没有该文件夹。',
  ],
  DOCUMENT_EMPTY: ['The file is empty.', '文件为空。'],
  DOCUMENT_TOO_LARGE: ['The file is larger than the limit.', '文件超过大小上限。'],
  DOCUMENT_INCOMPLETE: [
    'The upload ended before the file was complete. Send it again.',
    '上传在文件传完之前中断，请重新发送。',
  ],
  DOCUMENT_TYPE_UNSUPPORTED: [
    'This kind of file is not supported. Supported are PDF, DOCX, XLSX, PPTX, HTML, Markdown, text, CSV, XML, EML, MSG, and ZIP of those.',
    '不支持此类文件。支持 PDF、DOCX、XLSX、PPTX、HTML、Markdown、文本、CSV、XML、EML、MSG，以及包含这些文件的 ZIP。',
  ],
  DOCUMENT_TYPE_MISMATCH: ['The file is not what its name says.', '文件内容与其名称不符。'],
  DOCUMENT_ENCRYPTED: [
    'The file is protected with a password. Remove the protection and upload it again.',
    '文件受密码保护，请取消保护后重新上传。',
  ],
  DOCUMENT_DAMAGED: ['The file is damaged and cannot be read.', '文件已损坏，无法读取。'],
  DOCUMENT_SCANNED: [
    'The file holds scanned images without text. Run text recognition (OCR) on it and upload it again.',
    '文件是没有文字的扫描图像，请先进行文字识别（OCR）再上传。',
  ],
  DOCUMENT_NO_TEXT: ['The file holds no text.', '文件中没有文字。'],
  DOCUMENT_TOO_MANY_PAGES: ['The file has more pages than the limit.', '文件页数超过上限。'],
  DOCUMENT_TOO_MUCH_TEXT: [
    'The file holds more text than the limit. Split it and upload the parts.',
    '文件的文字量超过上限，请拆分后分别上传。',
  ],
  DOCUMENT_UNPACKS_TOO_LARGE: [
    'The file unpacks to far more than its size, as files made to do harm do.',
    '文件解压后远大于其本身，这是恶意文件的特征。',
  ],
  DOCUMENT_TOO_MANY_ENTRIES: ['The file packs more files than the limit.', '压缩包中的文件数超过上限。'],
  DOCUMENT_CONTAINS_ITSELF: ['The file contains itself.', '文件包含了它自身。'],
  DOCUMENT_PATH_INVALID: ['Its path is too long or leads out of the file.', '路径过长，或指向压缩包之外。'],
  DOCUMENT_NOTHING_READABLE: ['Nothing in the file can be read.', '文件中没有可以读取的内容。'],
  DOCUMENT_HOSTILE: [
    'The file holds constructs that only files made to do harm have.',
    '文件含有只在恶意文件中出现的结构。',
  ],
  DOCUMENT_TOO_NESTED: ['The file is nested too deeply.', '文件嵌套过深。'],
  DOCUMENT_TOO_SLOW: ['Reading the file took longer than the limit.', '读取文件所用的时间超过上限。'],
  DOCUMENT_TOO_MUCH_MEMORY: [
    'Reading the file took more memory than the limit.',
    '读取文件所用的内存超过上限。',
  ],
  DOCUMENT_FAILED: ['The file could not be processed. Try again later.', '文件处理失败，请稍后再试。'],
  DOCUMENT_QUARANTINED: [
    'The text looks like an attempt to steer the assistant or like a leaked secret. An administrator can release it.',
    '文字像是试图操纵助手，或含有泄露的机密。管理员可以放行。',
  ],
  DOCUMENT_EXISTS: [
    'A document with the same content is in that collection already.',
    '该文档集中已有内容相同的文档。',
  ],
  DOCUMENT_SOURCED: [
    'A source keeps this document where it found it. Move it there.',
    '此文档由来源维护，请在来源处移动。',
  ],
};

const sources: Sentences['byCode'] = {
  SOURCE_UNREACHABLE: ['The server of the source cannot be reached.', '无法连接来源的服务器。'],
  SOURCE_TIMEOUT: ['The source did not answer in time.', '来源没有及时响应。'],
  SOURCE_DENIED: [
    'The source refuses these credentials, or they do not allow reading.',
    '来源拒绝了这些凭据，或凭据没有读取权限。',
  ],
  SOURCE_NOT_FOUND: [
    'The folder, repository, branch or bucket does not exist.',
    '文件夹、仓库、分支或存储桶不存在。',
  ],
  SOURCE_ADDRESS_INVALID: ['This is not an address that a source can have.', '这不是来源可用的地址。'],
  SOURCE_ADDRESS_FORBIDDEN: [
    'The address belongs to a private network. The operator can allow that (SOURCE_PRIVATE_ADDRESSES).',
    '该地址属于内部网络，运维人员可以允许（SOURCE_PRIVATE_ADDRESSES）。',
  ],
  SOURCE_HTTP_FORBIDDEN: [
    'The address must begin with https://. The operator can allow http (SOURCE_PLAIN_HTTP).',
    '地址必须以 https:// 开头，运维人员可以允许 http（SOURCE_PLAIN_HTTP）。',
  ],
  SOURCE_REDIRECTED: [
    'The address forwards to another server. Enter the final address.',
    '该地址跳转到另一台服务器，请填写最终地址。',
  ],
  SOURCE_FOLDER_FORBIDDEN: [
    'The folder is not below one that the operator allows your organisation (SOURCE_FOLDERS).',
    '该文件夹不在运维人员允许贵组织使用的范围内（SOURCE_FOLDERS）。',
  ],
  SOURCE_TOO_LARGE: ['The source is larger than the limit.', '来源超过大小上限。'],
  SOURCE_TOO_MANY_FILES: ['The source has more files than the limit.', '来源的文件数超过上限。'],
  SOURCE_DAMAGED: [
    'What the source sent is damaged or not what it should be.',
    '来源发来的内容已损坏，或不是应有的内容。',
  ],
  SOURCE_ARCHIVE_MISSING: ['No archive was uploaded yet.', '尚未上传压缩包。'],
  SOURCE_DISK_FULL: ['There is no room left on the disk of the server.', '服务器磁盘空间不足。'],
  SOURCE_SECRET_UNREADABLE: [
    'The stored credentials cannot be decrypted: the key of this installation has changed. Enter them again.',
    '无法解密保存的凭据：此安装的密钥已更换。请重新填写。',
  ],
  SOURCE_COLLECTION_MISSING: ['The collection of the source no longer exists.', '来源的文档集已不存在。'],
  SOURCE_FOLDERS_FULL: ['The collection has no room for more folders.', '文档集已不能再容纳更多文件夹。'],
  SOURCE_DELETES_MUCH: [
    'Many documents would be deleted at once. Nothing was deleted; look at the source, then confirm.',
    '将一次删除大量文档，因此没有删除任何内容。请检查来源后确认。',
  ],
  SOURCE_CANCELLED: ['The sync was cancelled.', '同步已取消。'],
  SOURCE_FAILED: ['The source could not be read. Try again later.', '来源读取失败，请稍后再试。'],
  FILE_TOO_LARGE: ['The file is larger than the limit of the source.', '文件超过来源的大小上限。'],
  FILE_PATH_INVALID: [
    'Its path is too long, too deep, leads out of the source or holds forbidden characters.',
    '路径过长、过深、指向来源之外，或含有不允许的字符。',
  ],
  FILE_UNSUPPORTED: ['This kind of file is not supported.', '不支持此类文件。'],
  FILE_LINK: ['It is a link; links are not followed.', '这是一个链接，链接不会被跟随。'],
  FILE_UNREADABLE: ['It cannot be read.', '无法读取。'],
  FILE_ENCRYPTED: ['It is encrypted.', '文件已加密。'],
  FILE_CHANGING: ['It changed while it was read.', '读取时文件发生了变化。'],
  FILE_INCOMPLETE: ['It ended before it was complete.', '文件不完整。'],
  FILE_TWICE: ['Another file has the same path.', '另一个文件的路径相同。'],
  SOURCE_EXISTS: ['A source with this name exists already.', '同名来源已存在。'],
};

const requests: Sentences['byCode'] = {
  AUTH_INVALID: ['Some fields are not valid.', '有些内容填写不正确。'],
  AUTH_PASSWORD_WRONG: ['The current password is not right.', '当前密码不正确。'],
  AUTH_SCOPE_DENIED: [
    'A key cannot be given rights that its creator does not have.',
    '密钥的权限不能超出创建者的权限。',
  ],
  AUTH_NOT_A_PERSON: ['Only a person who has signed in can do this.', '只有已登录的人员可以执行此操作。'],
  AUTH_OWN_ROLES: [
    'Nobody changes their own roles. Another administrator can.',
    '不能修改自己的角色，可由其他管理员修改。',
  ],
  AUTH_EMAIL_TAKEN: ['This e-mail address already belongs to a user.', '该邮箱已被其他用户使用。'],
  AUTH_NAME_TAKEN: ['A group with this name exists already.', '同名的组已存在。'],
  AUTH_TENANT_TAKEN: ['A tenant with this short name exists already.', '同短名的租户已存在。'],
  AUTH_LAST_ADMIN: [
    'This is the last active administrator. Appoint another one first.',
    '这是最后一位有效的管理员，请先任命另一位。',
  ],
  AUTH_KEY_LIMIT: [
    'This user has as many active keys as are allowed. Revoke one first.',
    '该用户的有效密钥已达上限，请先撤销一个。',
  ],
  AUTH_GROUP_UNKNOWN: ['One of the groups does not exist.', '其中一个组不存在。'],
  AUTH_USER_UNKNOWN: ['One of the users does not exist or is disabled.', '其中一位用户不存在或已停用。'],
  AUTH_PASSWORD_WEAK: ['This password is too easy to guess.', '该密码太容易被猜到。'],
  AUTH_THROTTLED: [
    'Too many wrong passwords. Wait a little before the next attempt.',
    '密码错误次数过多，请稍候再试。',
  ],
  AUTH_INVALID_CREDENTIALS: ['E-mail, password or organisation is not right.', '邮箱、密码或组织不正确。'],
  AUTH_REQUIRED: ['Sign in, or send a valid API key.', '请登录，或使用有效的 API 密钥。'],
  AUTH_WITHDRAWN: [
    'Your access was ended while this was being answered.',
    '回答过程中，您的访问权限已被终止。',
  ],
  AUTH_PASSWORD_CHANGE_REQUIRED: ['Change the initial password first.', '请先修改初始密码。'],
  AUTH_NOT_PERMITTED: ['Your account may not do this.', '您的账号没有此操作的权限。'],
  CONVERSATION_INVALID: ['Some fields are not valid.', '有些内容填写不正确。'],
  CONVERSATION_FULL: [
    'This conversation is as long as one may be. Begin a new one.',
    '此对话已达到最大长度，请开始新的对话。',
  ],
  CONVERSATION_NO_OWNER: ['Conversations belong to people.', '对话只属于人员账号。'],
  DRAFT_INVALID: ['Some fields are not valid.', '有些内容填写不正确。'],
  DRAFT_NO_OWNER: ['Drafts belong to people.', '草稿只属于人员账号。'],
  DRAFT_CHANGED: ['The draft was changed meanwhile. Look at it again.', '草稿在此期间已被更改，请重新查看。'],
  DRAFT_STATE: ['The draft is not in a state that allows this.', '草稿当前的状态不允许此操作。'],
  DRAFT_WITHHELD: [
    'Something of this reply is withheld; nothing was changed. Put it differently, or confirm that it is meant as it is (acceptWithheld).',
    '这份回复中有内容被隐去，未作任何更改。请换一种说法，或确认就按现在这样批准。',
  ],
  READER_UNKNOWN: ['A reader is not a person or group of this organisation.', '有读者不是本组织的人员或组。'],
  COLLECTION_EXISTS: ['A collection with this short name exists already.', '同短名的文档集已存在。'],
  FOLDER_EXISTS: ['A folder with this name is here already.', '此处已有同名文件夹。'],
  FOLDER_NAME_INVALID: ['A folder cannot have this name.', '文件夹不能使用此名称。'],
  FOLDER_TOO_DEEP: [
    'Folders can lie in each other {{depth}} deep, not deeper.',
    '文件夹最多嵌套 {{depth}} 层。',
  ],
  FOLDERS_FULL: [
    'A collection can hold {{maximum}} folders, not more.',
    '一个文档集最多容纳 {{maximum}} 个文件夹。',
  ],
  FOLDER_INSIDE_ITSELF: [
    'A folder cannot be moved into itself or beneath itself.',
    '文件夹不能移动到自身之内。',
  ],
  FOLDER_NOT_EMPTY: [
    'The folder holds {{documents}} documents and {{folders}} folders beneath it. Confirm the number of documents to delete them with it.',
    '该文件夹下有 {{documents}} 个文档和 {{folders}} 个文件夹。请确认文档数量，以便一并删除。',
  ],
  FOLDER_TOO_FULL: [
    'More than {{maximum}} documents cannot be deleted at once. Delete the folders in it one by one.',
    '一次最多删除 {{maximum}} 个文档，请逐个删除其中的文件夹。',
  ],
  MODEL_NOT_FOUND: [
    'There is no model of this name; see the list of models.',
    '没有此名称的模型，请查看模型列表。',
  ],
  MODEL_ROUTES_INVALID: [
    'The models by use case cannot be read at character {{at}}.',
    '“按用途指定模型”从第 {{at}} 个字符起无法识别。',
  ],
  MODEL_NOT_SERVED: ['No model server serves “{{name}}”.', '没有任何模型服务器提供“{{name}}”。'],
  QUOTA_SUBJECT_UNKNOWN: ['There is no such group or user.', '没有这样的组或用户。'],
  QUOTA_REQUEST_INVALID: ['The request is not valid.', '请求不正确。'],
  QUOTA_POLICY_INVALID: ['The policy is not valid.', '配额设置不正确。'],
  AUDIT_FILTER_INVALID: ['The filter is not valid.', '筛选条件不正确。'],
  FIREWALL_POLICY_INVALID: ['The policy has mistakes; nothing was changed.', '规则有误，没有做任何更改。'],
  FIREWALL_POLICY_CHANGED: [
    'Somebody else has changed the policy meanwhile; nothing was changed.',
    '其间有人更改了策略，没有做任何更改。',
  ],
  FIREWALL_CASES_BROKEN: [
    'Tests of yours would fail; nothing was changed.',
    '您的测试将不通过，没有做任何更改。',
  ],
  FIREWALL_ALARM_NOT_KEPT: [
    'The words of this finding are not kept: try them on the workbench as the text of a document, and keep them as a test there.',
    '此处发现的文字未保存：请在工作台中以文档文本试用，并在那里存为测试。',
  ],
  FIREWALL_ALARM_TOO_LONG: [
    'The text is too long for a test: try a part of it on the workbench, and keep that.',
    '文字过长，无法存为测试：请在工作台中试用其中一部分，并保存该部分。',
  ],
  FIREWALL_CASES_LIMIT: ['There are {{count}} tests already.', '已有 {{count}} 个测试。'],
  SCANNER_WORDS_REFUSED: [
    '{{count}} of the words cannot be added; nothing was changed.',
    '有 {{count}} 个词无法添加，没有做任何更改。',
  ],
  SCANNER_CATEGORY_OF_DETECTORS: [
    'The category {{category}} belongs to the detectors of personal data and secrets: choose another one for words and lists.',
    '类别 {{category}} 属于个人信息和机密凭据的识别器，请为词和词表选择其他类别。',
  ],
  SCANNER_WORDS_BROAD: [
    '{{count}} of the words would hit nearly every answer; nothing was changed. Confirm them if they are meant.',
    '有 {{count}} 个词几乎会命中每个回答，没有做任何更改。如确需添加，请确认。',
  ],
  SCANNER_POLICY_CHANGED: [
    'Somebody else has changed the policy meanwhile; nothing was changed.',
    '其间有人更改了策略，没有做任何更改。',
  ],
  SCANNER_POLICY_INVALID: ['The policy has mistakes; nothing was changed.', '策略有误，未作任何更改。'],
  SCANNER_LIST_INVALID: [
    'The list cannot be taken: {{path}} {{message}}.',
    '无法接受此词表：{{path}} {{message}}。',
  ],
  SCANNER_LIST_STATE: ['This cannot be done with the list now.', '词表当前的状态不允许此操作。'],
  SCANNER_LIST_TOO_LARGE: ['A list may have {{bytes}} bytes.', '词表文件最多 {{bytes}} 字节。'],
  SCANNER_REQUEST_INVALID: ['The request is not valid.', '请求不正确。'],
  GROUP_DENIED: [
    'This group is denied to read {{places}}. Without it its members could: take it off those readers first.',
    '该组被禁止阅读{{places}}。删除后其成员将可以阅读：请先将该组从读者设置中移除。',
  ],
  DOCUMENT_STATE: ['This cannot be done with the document now.', '文档当前不能执行此操作。'],
  NOT_FOUND: ['There is nothing here that you may see.', '这里没有您可以查看的内容。'],
  BODY_TOO_LARGE: [
    'The body is larger than the {{limit}} bytes allowed here.',
    '内容超过此处允许的 {{limit}} 字节。',
  ],
  UNEXPECTED: [
    'Something went wrong on our side. The reference leads to it in the log.',
    '服务器出现错误，可凭编号在日志中查到。',
  ],
};

export const sentences: Sentences = {
  byCode: { ...documents, ...sources, ...requests },
  others: looseSentences,
};
