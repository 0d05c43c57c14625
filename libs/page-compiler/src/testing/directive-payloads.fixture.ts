/** The same through directives, code, formulas, titles and names. */
export const directivePayloads: readonly string[] = String.raw`
:system[x]{name=attacker onclick="alert(1)"}
:system[<img src=x onerror=alert(1)>]{name=attacker}
:system[[x](javascript:alert(1))]{name=attacker}
:system[x]{name="attacker\"><script>alert(1)</script>"}
:a[x]{href="javascript:alert(1)"}
:script[alert(1)]
:iframe[x]{srcdoc="<script>alert(1)</script>"}
:img[x]{src=x onerror="alert(1)"}
::script{src="https://evil.example/x.js"}
::iframe{src="javascript:alert(1)"}
::html{value="<script>alert(1)</script>"}
::video{src="javascript:alert(1)"}
::video{src="data:video/mp4;base64,AAAA"}
::video{src=ping.webm onerror="alert(1)"}
::video{src=ping.webm poster="javascript:alert(1)"}
::video{src=ping.webm captions="javascript:alert(1)"}
::video{src=ping.webm captions="en:data:text/vtt,x"}
::audio{src="https://evil.example/x.ogg"}
::audio{src=ping.ogg style="position:fixed"}
::download[x]{src="javascript:alert(1)"}
::download[<script>alert(1)</script>]{src=network.svg}
::download[x]{src="../../../etc/passwd"}
::command{system=attacker run="ls" onclick="alert(1)"}
::command{system=attacker run="ls" label="<script>alert(1)</script>"}
::copy{text="<script>alert(1)</script>" .evil #x}
::set{name="__proto__" label="x"}
::set{name="constructor" label="<img src=x onerror=alert(1)>"}
::tick{dangerouslySetInnerHTML="x"}
::check{system=attacker run="true" message="<script>alert(1)</script>"}
:::script
:::html{innerHTML="<script>alert(1)</script>"}
:::step{#__proto__ title="x"}
:::step{#constructor title="<script>alert(1)</script>"}
:::step{id="x\" onclick=\"alert(1)" title=x}
:::step{#a title="x" style="background:url(javascript:alert(1))"}
:::knowledge{title="<svg onload=alert(1)>"}
:::hint[<script>alert(1)</script>]{cost=1}
:::quiz{#q title="<script>alert(1)</script>" type=text answer="x" placeholder="<b>"}
$$\href{javascript:alert(1)}{x}$$
$$\url{javascript:alert(1)}$$
$$\includegraphics{https://evil.example/x.png}$$
$$\htmlData{onclick=alert(1)}{x}$$
[x]: javascript:alert(1)
[x](<javascript:alert(1)> "title")
[x](https://example.org "onmouseover=alert(1)")
[x](https://example.org '"><script>alert(1)</script>')
![<script>alert(1)</script>](network.svg)
![x](network.svg "<img src=x onerror=alert(1)>")
[^<script>alert(1)</script>]
| <script>alert(1)</script> | x |
# <script>alert(1)</script>
# x {#"><script>alert(1)</script>}
`
  .trim()
  .split('\n');
