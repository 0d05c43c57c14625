# Runs inside the tree of the image, as root.
. /.build/base-tree.sh
cp -R /.build/files/. /
add_lab_user

for link in which:which.debianutils editor:nano nc:nc.openbsd pager:less x-terminal-emulator:xfce4-terminal \
  x-www-browser:firefox-esr firefox:firefox-esr; do
  ln -sf "${link#*:}" "/usr/bin/${link%%:*}"
done

# The caches that desktop libraries look things up in.
lib=/usr/lib/$(uname -m)-linux-gnu
glib-compile-schemas /usr/share/glib-2.0/schemas
"$lib"/gdk-pixbuf-2.0/gdk-pixbuf-query-loaders --update-cache
"$lib"/libgtk-3-0/gtk-query-immodules-3.0 --update-cache 2>/dev/null || true
update-mime-database /usr/share/mime
update-desktop-database
mkdir -p /etc/fonts/conf.d
for rule in /usr/share/fontconfig/conf.avail/*.conf; do
  case ${rule##*/} in 10-* | 70-* | *-no-* | 05-*) continue ;; esac
  ln -sf "$rule" /etc/fonts/conf.d/
done
ln -sf /usr/share/fontconfig/conf.avail/10-hinting-slight.conf /etc/fonts/conf.d/
ln -sf /usr/share/fontconfig/conf.avail/10-yes-antialias.conf /etc/fonts/conf.d/ || true
fc-cache

# Each container gets its own machine id, written at start; /etc is not writable for the learner.
rm -f /etc/machine-id
ln -s /run/lab/machine-id /etc/machine-id

# Only wrapper scripts that nobody calls here need Perl, Python or a C preprocessor.
rm -rf /usr/share/perl /usr/share/perl5 "$lib"/perl /usr/lib/gcc /usr/lib/python3* /usr/share/fonts/truetype/dejavu/DejaVuSerif*
rm -f /usr/share/applications/xfce4-accessibility-settings.desktop /usr/share/applications/xfce4-color-settings.desktop
