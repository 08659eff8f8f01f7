/** Words of shells as sources of patterns; canonical text, no capture groups. */

/** Where programs lie. */
export const BIN_PATH = String.raw`(?:/(?:usr/|usr/local/|opt/)?s?bin/|(?:usr/)bin/|c:\\windows\\system32\\)`;

/** Commands whose only use behind somebody else's command is to look around. */
export const RECON =
  'whoami|id|uname|hostname|ifconfig|ipconfig|netstat|systeminfo|sysinfo|tasklist|pwd|env|printenv|arp|lsb_release|quser|nltest|wmic|phpinfo|nid|dir|ls|ver|set|ps|w|who|users|groups|lsmod|getent|dpkg|route';

/** Commands that attacks run: to look around, to prove that something ran, to fetch, to write, to stay. */
export const COMMANDS = `${RECON}|cat|tac|nl|head|tail|more|less|od|xxd|hexdump|strings|sort|uniq|grep|egrep|awk|gawk|sed|cut|find|locate|which|whereis|type|copy|move|del|erase|echo|printf|print|ping|ping6|sleep|timeout|nslookup|dig|host|traceroute|tracert|curl|wget|fetch|lynx|ftp|tftp|scp|rsync|ssh|telnet|nc|ncat|netcat|socat|openssl|bash|sh|dash|zsh|ksh|csh|busybox|cmd|powershell|pwsh|perl|python[23]?|ruby|php|node|lua|java|gcc|make|rm|rmdir|mkdir|mkfifo|mknod|touch|mv|cp|ln|chmod|chown|chattr|kill|killall|pkill|reboot|shutdown|halt|poweroff|crontab|at|nohup|exec|eval|source|export|alias|sudo|su|passwd|useradd|adduser|usermod|net|netsh|reg|regsvr32|rundll32|sc|schtasks|certutil|bitsadmin|mshta|cscript|wscript|vssadmin|attrib|icacls|tar|zip|unzip|gzip|base64|tee|xargs|mail|sendmail|mysql|mysqldump|psql|sqlite3|mount|fdisk|df|du|free|top|lsof|ss|ip|iptables|nmap|tcpdump|git|docker|kubectl|vi|vim|ed|strace|script|expr|test|start|ssh-keygen|ssh-copy-id|system|passthru|shell_exec|popen|get-childitem|get-content|get-process|invoke-webrequest|invoke-expression|iex|iwr`;

/** What joins a command to the one before it: plain, percent-encoded, or written as an escape. */
export const CHAIN = String.raw`(?:[;|&]|\\[rn]|%0[ad]|%26|%3b|%7c|&amp;)`;

/** What may follow the name of a command. */
export const COMMAND_END = String.raw`(?![a-z0-9_:=-])`;

/** A word whose letters are parted by what a shell removes: empty quotations, backslashes, carets, empty variables. */
export function splitWord(word: string): string {
  const part = String.raw`(?:''|""|\\|\x24[@*a-z]|\x24\{[a-z@*!_]{1,3}\}|\x24\(\)|<\(\)|\x60\x60|\^|'|"){0,2}`;
  return `(?!['"]?${word})['"]?${[...word].join(part)}`;
}
