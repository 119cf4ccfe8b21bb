/** Sixty places that a visitor must never be led to, written the ways that have fooled other shops. */
export const ELSEWHERE: string[] = [
  ...['https://evil.example', 'http://evil.example', '//evil.example', '///evil.example', '////evil.example'],
  ...['/\\evil.example', '\\/evil.example', '\\\\evil.example', '/\\/evil.example', '\\evil.example'],
  ...[
    'https:evil.example',
    'https:/evil.example',
    'https:///evil.example',
    'https:\\\\evil.example',
    'HTTPS://EVIL.example',
  ],
  ...[
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
  ],
  ...[
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    'blob:https://evil.example/1',
    'about:blank',
  ],
  ...[
    'https://www.amazon.com.evil.example/dp/1',
    'https://www.amazon.com@evil.example/',
    'https://www.amazon.com:p@evil.example/',
    'https://evil.example/www.amazon.com',
    'https://evil.example?www.amazon.com',
  ],
  ...[
    'https://evil.example#www.amazon.com',
    'https://evil.example\\@www.amazon.com/',
    'https://www.amazon.com.evil.example\\@www.amazon.com/',
    'https://www.amazon.com%2eevil.example/',
    'https://www.amazon.com%00.evil.example/',
  ],
  ...[
    'https://www.amazon.com.:443@evil.example/',
    'https://user@www.amazon.com/dp/1',
    'https://www.amazon.com:444/dp/1',
    'https://www.amazon.com./dp/1',
    'https://wwwamazon.com/dp/1',
  ],
  ...[
    'https://www-amazon.com/dp/1',
    'https://evil-www.amazon.com/dp/1',
    'https://xn--amazn-mye.com/dp/1',
    'https://www.amaz\u043en.com/dp/1',
    'https://www.amazon.com\u3002evil.example/',
  ],
  ...[
    '%2f%2fevil.example',
    '%5c%5cevil.example',
    '/%09/evil.example',
    '/%0a/evil.example',
    '%0d%0aLocation:%20https://evil.example',
  ],
  ...[
    '\r\nLocation: https://evil.example',
    '\0https://evil.example',
    '\u202ehttps://evil.example',
    'http://127.0.0.1:8889/',
    'http://[::1]/',
  ],
  ...['http://2130706433/', 'http://169.254.169.254/latest/', 'mailto:a@evil.example', 'tel:1', '?//evil.example'],
]

/** Forty ways out of a folder, or to the folder itself. */
export const UPWARDS: string[] = [
  ...['..', '../', '../x', '../../x', '../../../../etc/passwd', 'a/..', 'a/../b', 'a/../../b'],
  ...['./x', '.', 'a/./b', '/etc/passwd', '//x', 'a//b', 'a/', '/'],
  ...['..\\x', '..\\..\\x', 'a\\..\\b', 'C:\\x', '\\\\host\\x', '%2e%2e/x', '%2e%2e%2fx', '..%2fx'],
  ...['..%5cx', '%252e%252e%252fx', '..%c0%afx', '%c0%ae%c0%ae/x', '..;/x', '..%00/x', 'x\0.pdf', 'x%00.pdf'],
  ...['....//x', '..././x', '.../x', '\u2025/x', '\uff0e\uff0e/x', '..\u2215x', 'file:///x', '~/x'],
]

/** What would run, or break out of its place, in a page or a mail. */
export const MARKUP: string[] = [
  ...[
    '<script>alert(1)</script>',
    '</title><script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
  ],
  ...[
    '<a href="javascript:alert(1)">x</a>',
    '<style>*{x:y}</style>',
    '<!--',
    ']]>',
    '</td></tr></table><h1>',
    '&lt;script&gt;',
    '{{7*7}}',
    '%link%',
  ],
]
