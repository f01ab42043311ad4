
// Added to estran.cfg by the tests: looks at Firefox from the inside once its window is there, opens the addresses of
// `look.open`, and writes what it saw.
look.hosts = {};
estran.observe("http-on-modify-request", function (channel) {
  look.hosts[channel.QueryInterface(Ci.nsIHttpChannel).URI.host] = true;
});
estran.observe("browser-delayed-startup-finished", async function (window) {
  if (look.begun) {
    return;
  }
  look.begun = true;
  const seen = { pages: {} };
  const put = function () {
    const file = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
    file.initWithPath("/home/visiteur/.session/look.tmp");
    const out = Cc["@mozilla.org/network/file-output-stream;1"].createInstance(Ci.nsIFileOutputStream);
    out.init(file, 0x02 | 0x08 | 0x20, 0o600, 0);
    const conv = Cc["@mozilla.org/intl/converter-output-stream;1"].createInstance(Ci.nsIConverterOutputStream);
    conv.init(out, "UTF-8");
    conv.writeString(JSON.stringify(seen));
    conv.close();
    file.renameTo(null, "look.json");
  };
  const sleep = (ms) => new Promise((done) => window.setTimeout(done, ms));
  try {
    const { PolicyFailures } = ChromeUtils.importESModule("resource://gre/modules/PoliciesHelpers.sys.mjs");
    const { PrivateBrowsingUtils } = ChromeUtils.importESModule("resource://gre/modules/PrivateBrowsingUtils.sys.mjs");
    const { Troubleshoot } = ChromeUtils.importESModule("resource://gre/modules/Troubleshoot.sys.mjs");
    seen.failures = PolicyFailures.getAll();
    seen.active = Object.keys(Services.policies.getActivePolicies());
    seen.private = PrivateBrowsingUtils.isWindowPrivate(window) && PrivateBrowsingUtils.permanentPrivateBrowsing;
    seen.newTab = window.BROWSER_NEW_TAB_URL;
    seen.locale = Services.locale.appLocaleAsBCP47;
    seen.zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    seen.downloads = Services.prefs.getStringPref("browser.download.dir");
    seen.sandbox = (await Troubleshoot.snapshot()).sandbox;
    const printers = Cc["@mozilla.org/gfx/printerlist;1"].getService(Ci.nsIPrinterList);
    seen.printers = (await printers.printers).map((p) => p.QueryInterface(Ci.nsIPrinter).name);
    try {
      const { SearchService } = ChromeUtils.importESModule("moz-src:///toolkit/components/search/SearchService.sys.mjs");
      seen.search = (await SearchService.getDefault()).name;
    } catch (e) {
      seen.search = (await Services.search.getDefault()).name;
    }
    await sleep(500);
    seen.firstPage = window.gBrowser.selectedBrowser.currentURI.spec;
    seen.addressBar = window.gURLBar.value;

    const gBrowser = window.gBrowser;
    const tabs = look.open.map((address) => {
      const triggeringPrincipal = Services.scriptSecurityManager.getSystemPrincipal();
      return gBrowser.addTab(address, { triggeringPrincipal });
    });
    const loading = (tab) => tab.linkedBrowser.webProgress?.isLoadingDocument || tab.linkedBrowser.documentURI?.spec == "about:blank";
    for (let i = 0; i < 300 && (i < 20 || tabs.some(loading)); i++) {
      await sleep(50);
    }
    await sleep(500);
    tabs.forEach((tab, i) => {
      const browser = tab.linkedBrowser;
      seen.pages[look.open[i]] = { document: browser.documentURI?.spec ?? "", title: browser.contentTitle };
      gBrowser.removeTab(tab, { animate: false });
    });
    seen.hosts = Object.keys(look.hosts);
    if (look.then) {
      seen.then = await look.then(window, sleep);
    }
  } catch (e) {
    seen.error = String(e) + "\n" + e.stack;
  }
  put();
});
