#!/bin/sh
# The page that shows which machine answered. An index.html beside this folder replaces it.
name=$(hostname)
addresses=$(ip -o -4 address show scope global | awk '{ sub("/.*", "", $4); print "<li><b>" $2 "</b> " $4 "</li>" }')
printf 'Content-Type: text/html; charset=utf-8\r\n\r\n'
cat <<PAGE
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>$name</title>
<style>body{font:18px/1.5 system-ui,sans-serif;margin:15vh auto;max-width:30rem;padding:0 1rem;color:#1d2733;background:#f3f6f9}
h1{font-size:2.4rem;margin:0}ul{list-style:none;padding:0}li{padding:.3rem 0}b{display:inline-block;min-width:5rem;color:#5a6b7d}</style></head>
<body><h1>$name</h1><p>This page is served by a small virtual machine.</p><ul>$addresses<li><b>you</b> $REMOTE_ADDR</li></ul></body>
</html>
PAGE
