// The browser of a lab: names of the lab's systems are addresses, not searches, and nothing calls home.
pref('keyword.enabled', false);
pref('browser.fixup.dns_first_for_single_words', true);
pref('dom.security.https_first', false);
pref('dom.security.https_only_mode', false);
pref('browser.aboutwelcome.enabled', false);
pref('datareporting.policy.dataSubmissionEnabled', false);
pref('toolkit.telemetry.reportingpolicy.firstRun', false);
pref('network.connectivity-service.enabled', false);
pref('browser.safebrowsing.malware.enabled', false);
pref('browser.safebrowsing.phishing.enabled', false);
pref('browser.region.update.enabled', false);
pref('services.settings.server', '');
pref('extensions.getAddons.cache.enabled', false);
pref('browser.tabs.warnOnClose', false);
// The display is remote: scrolling in steps costs less than an animation.
pref('general.smoothScroll', false);
pref('toolkit.cosmeticAnimations.enabled', false);
pref('layers.acceleration.disabled', true);
// One process per site would take more memory than a lab's desktop has.
pref('dom.ipc.processCount', 2);
pref('fission.autostart', false);
