// The AutoConfig script of the sandbox's Firefox: it runs with Firefox's own rights, at its start. `estran` holds what
// this session asks for. Three things are done here because no policy does them: pages of Firefox itself are closed,
// new tabs show the home page, and a file says that Firefox lives.
//
// Nothing here may throw to the outside: AutoConfig would show the visitor an error in English. If a part fails, the
// heartbeat stays away, and the station takes the browser for one that did not start.
try {
  for (const [name, value] of Object.entries(estran.prefs)) {
    lockPref(name, value);
  }

  // ---- Words that pages show -----------------------------------------------------------------------------------------
  // "Browse…", "Please fill in this field": Firefox loads these before it finds a language pack in a fresh profile, and
  // shares them with its pages for good. So they are pointed at the pack from the very first.
  estran.pack = Services.dirsvc.get("XCurProcD", Ci.nsIFile);
  estran.pack.append("extensions");
  estran.pack.append(`langpack-${estran.language}@firefox-esr.mozilla.org.xpi`);
  if (estran.pack.exists()) {
    const strings = `jar:${Services.io.newFileURI(estran.pack).spec}!/chrome/${estran.language}/locale/${estran.language}/global/`;
    const words = ["dom/dom.properties", "layout/HtmlForm.properties", "layout/MediaDocument.properties", "printing.properties"];
    estran.words = Cc["@mozilla.org/addons/addon-manager-startup;1"]
      .getService(Ci.amIAddonManagerStartup)
      .registerChrome(
        Services.io.newFileURI(estran.pack),
        words.map((file) => ["override", `chrome://global/locale/${file}`, strings + file])
      );
  }

  // ---- Pages of Firefox itself -------------------------------------------------------------------------------------
  // Only those that a visitor meets by browsing are open. Mozilla has no policy for the others
  // (https://github.com/mozilla/policy-templates/issues/661).
  estran.openAbout = new Set([
    "blank", "srcdoc", "reader", "downloads", "printpreview",
    "neterror", "certerror", "httpsonlyerror", "blocked", "tabcrashed", "framecrashed", "restartrequired",
  ]);
  // Pages and frames of a browser that is limited. The policy WebsiteFilter says the same of more, and follows redirects; this
  // holds where a Firefox does not apply it, or applies less of it.
  estran.isInLimit = function (uri) {
    if (!estran.limit.length || !["http", "https"].includes(uri.scheme)) {
      return true;
    }
    const host = uri.asciiHost.toLowerCase().replace(/\.+$/, "");
    return estran.limit.some((named) => host == named || host.endsWith("." + named));
  };
  estran.isOpen = function (uri, loadInfo) {
    const type = loadInfo.externalContentPolicyType;
    const isPage = type == Ci.nsIContentPolicy.TYPE_DOCUMENT || type == Ci.nsIContentPolicy.TYPE_SUBDOCUMENT;
    if ((isPage || type == Ci.nsIContentPolicy.TYPE_OBJECT) && !estran.isInLimit(uri)) {
      return false;
    }
    if (!isPage) {
      return true;
    }
    if (uri.scheme == "about") {
      return estran.openAbout.has(uri.filePath.toLowerCase().split("?")[0]);
    }
    // Windows and dialogs of Firefox are made of these too: only tabs are held.
    const inTab = (loadInfo.targetBrowsingContext || loadInfo.browsingContext)?.top?.isContent;
    return !(inTab && ["chrome", "resource", "view-source", "jar"].includes(uri.scheme));
  };
  estran.policy = {
    classID: Components.ID("{5f3c7c1e-9d44-4c8e-b0a5-0d6a4f6b2e31}"),
    contractID: "@estran/content-policy;1",
    QueryInterface: ChromeUtils.generateQI(["nsIContentPolicy", "nsIFactory"]),
    createInstance(iid) {
      return this.QueryInterface(iid);
    },
    shouldLoad(uri, loadInfo) {
      return estran.isOpen(uri, loadInfo) ? Ci.nsIContentPolicy.ACCEPT : Ci.nsIContentPolicy.REJECT_POLICY;
    },
    shouldProcess() {
      return Ci.nsIContentPolicy.ACCEPT;
    },
  };
  Components.manager
    .QueryInterface(Ci.nsIComponentRegistrar)
    .registerFactory(estran.policy.classID, "Estran", estran.policy.contractID, estran.policy);
  Services.catMan.addCategoryEntry("content-policy", estran.policy.contractID, estran.policy.contractID, false, true);

  // ---- The heartbeat -----------------------------------------------------------------------------------------------
  // Its line is: how many there were, whether a window was shown, and the milliseconds since the visitor did something.
  // It is written by the main process, the one that freezes when Firefox hangs, and always over the same few bytes: it
  // must be heard when the session's memory is full.
  estran.beats = 0;
  estran.shown = false;
  estran.file = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
  estran.file.initWithPath(estran.heartbeat);
  estran.idle = Cc["@mozilla.org/widget/useridleservice;1"].getService(Ci.nsIUserIdleService);
  estran.beat = function () {
    try {
      estran.beats++;
      const line = `${estran.beats} ${estran.shown ? 1 : 0} ${Math.round(estran.idle.idleTime)}`.padEnd(39) + "\n";
      const out = Cc["@mozilla.org/network/file-output-stream;1"].createInstance(Ci.nsIFileOutputStream);
      out.init(estran.file, 0x02 | 0x08, 0o600, 0); // write, create
      out.write(line, line.length);
      out.close();
    } catch (e) {
      // The session's memory was full before the first beat: the next one tries again.
    }
  };

  // ---- Windows -----------------------------------------------------------------------------------------------------
  estran.observe = function (topic, call) {
    Services.obs.addObserver((subject) => {
      try {
        call(subject);
      } catch (e) {
        Cu.reportError(e);
      }
    }, topic);
  };
  estran.observe("final-ui-startup", function () {
    const { AboutNewTab } = ChromeUtils.importESModule("resource:///modules/AboutNewTab.sys.mjs");
    AboutNewTab.newTabURL = estran.home;
    const sheets = Cc["@mozilla.org/content/style-sheet-service;1"].getService(Ci.nsIStyleSheetService);
    const sheet = "data:text/css;charset=utf-8," + encodeURIComponent(estran.style);
    sheets.loadAndRegisterSheet(Services.io.newURI(sheet), sheets.USER_SHEET);
  });
  estran.observe("browser-window-before-show", function (window) {
    // On the home page the address bar is empty, and invites to type.
    window.gInitialPages?.push(estran.home);
    // F11 and the menu do nothing: no window is larger than its place.
    window.document.getElementById("View:FullScreen")?.setAttribute("disabled", "true");
    for (const id of ["key_enterFullScreen", "key_exitFullScreen"]) {
      window.document.getElementById(id)?.remove();
    }
  });
  estran.observe("browser-delayed-startup-finished", function () {
    if (!estran.shown) {
      estran.shown = true;
      estran.beat();
    }
  });

  estran.timer = Cc["@mozilla.org/timer;1"].createInstance(Ci.nsITimer);
  estran.timer.initWithCallback(estran.beat, 2000, Ci.nsITimer.TYPE_REPEATING_SLACK);
} catch (e) {
  Cu.reportError(e);
}
