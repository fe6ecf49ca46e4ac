// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { cleanCss } from "../../../src/shell/report/clean-css.ts";
import { cleanMarkup } from "../../../src/shell/report/clean-markup.ts";

describe("cleanMarkup", () => {
  it("keeps text, tables, pictures and formulas as they are", () => {
    const kept = [
      '<h2 id="x">Title</h2><p>Some <b>bold</b> &amp; <code>code</code></p>',
      '<table><thead><tr><th scope="col">gene</th></tr></thead><tbody><tr><td class="number">1</td></tr></tbody></table>',
      '<svg viewBox="0 0 9 9" role="img"><title>t</title><g fill="none" stroke="currentColor"><path d="M0,0L9,9"></path></g><use href="#a"></use></svg>',
      "<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>",
      '<img alt="a" src="data:image/png;base64,AAAA" width="9">',
      '<details open=""><summary>More</summary>text</details>',
    ];
    for (const markup of kept) expect(cleanMarkup(markup)).toBe(markup);
    expect(cleanMarkup('<a href="https://doi.org/1">doi</a>')).toBe(
      '<a href="https://doi.org/1" rel="noopener noreferrer">doi</a>',
    );
  });

  it.each([
    ["<script>alert(1)</script>", ""],
    ["<p onclick='x()' ONMOUSEOVER=x()>a</p>", "<p>a</p>"],
    ["<img src=http://evil.example/a.png alt=dot onerror=x()>", "dot"],
    ["<img srcset='http://evil.example/a.png 1x' src=data:text/html,x>", ""],
    ["<a href=' java\nscript:alert(1)'>a</a>", '<a rel="noopener noreferrer">a</a>'],
    ["<a href='data:text/html,<script>'>a</a>", '<a rel="noopener noreferrer">a</a>'],
    ["<iframe src=http://evil.example></iframe><object data=x></object><embed src=x>b", "b"],
    ["<form action=http://evil.example><input name=a value=b><p>c</p></form>", "<p>c</p>"],
    ["<base href=http://evil.example><meta http-equiv=refresh content='0;url=http://x'>d", "d"],
    [
      "<svg><script>alert(1)</script><a href='javascript:x()'><text>e</text></a></svg>",
      '<svg><a rel="noopener noreferrer"><text>e</text></a></svg>',
    ],
    ["<svg><foreignObject><p onclick=x>f</p></foreignObject></svg>", "<svg></svg>"],
    [
      "<svg><image href='http://evil.example/a.png'></image><use href='http://evil.example/#a'></use></svg>",
      "<svg><image></image><use></use></svg>",
    ],
    [
      "<svg><animate attributeName=href to=javascript:x()></animate><set onbegin=x></set></svg>",
      "<svg></svg>",
    ],
    [
      "<svg><rect fill='url(http://evil.example/#a)'></rect></svg>",
      '<svg><rect fill="url(&quot;data:,&quot;)"></rect></svg>',
    ],
    [
      "<math><annotation-xml encoding='text/html'><p>g</p></annotation-xml></math>",
      "<math></math>",
    ],
    ["<x-custom onclick=x><b>h</b></x-custom>", "<b>h</b>"],
    ["<!-- --><!--[if IE]><script>x</script><![endif]-->i", "i"],
  ])("takes out what runs or loads: %s", (markup, expected) => {
    const clean = cleanMarkup(markup);
    expect(clean).not.toMatch(/evil|script:|onerror|alert/);
    expect(clean).toBe(expected);
  });

  it("gives the same when it is parsed again, however the markup is nested", () => {
    for (const markup of [
      "<noscript><p title='</noscript><img src=x onerror=x()>'></noscript>",
      "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=x()&gt;'>",
      "<svg></p><style><a id='</style><img src=1 onerror=x()>'>",
      "<form><math><mtext></form><form><mglyph><style></math><img src onerror=x()>",
    ]) {
      const again = new DOMParser().parseFromString(cleanMarkup(markup), "text/html");
      expect(again.querySelectorAll("[onerror], img[src], script, form")).toHaveLength(0);
    }
  });
});

describe("cleanCss", () => {
  it("loads nothing", () => {
    for (const css of [
      "@import 'http://evil.example/a.css';",
      "@import url(http://evil.example/a.css);",
      "a{background:url(http://evil.example/a.png)}",
      "a{background:URL( 'http://evil.example/a.png' )}",
      "a{background:u\\72l(http://evil.example/a.png)}",
      "a{background:image-set('http://evil.example/a.png' 1x)}",
      "a{background:u/**/rl(http://evil.example/a.png)}",
      "@font-face{src:url(//evil.example/f)}",
      "a{}</style><script>evil</script>",
    ])
      expect(cleanCss(css)).not.toMatch(/url\s*\(\s*['"]?(?!data:|#|['"])|image-set|<|\\|@import/i);
  });

  it("keeps what a picture needs", () => {
    const css = ".plot-a{color:red;fill:url(#g)} i{background:url(data:image/png;base64,AA)}";
    expect(cleanCss(css)).toBe(css);
  });
});
