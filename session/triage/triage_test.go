package triage_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"estran/session"
	"estran/session/triage"
)

func TestWhatPeopleBringRaisesNothing(t *testing.T) {
	files := everyday(t)
	for name, head := range files {
		if got := triage.Triage(name, head); len(got) > 0 {
			t.Errorf("%q is a false alarm: %v", name.Reveal(), got)
		}
	}
	t.Logf("%d everyday files", len(files))
}

func TestWhatIsWrong(t *testing.T) {
	const (
		program  = session.ReasonProgram
		shortcut = session.ReasonShortcut
		two      = session.ReasonTwoExtensions
		hidden   = session.ReasonHiddenName
		mismatch = session.ReasonExtensionMismatch
	)
	files := everyday(t)
	windows := []byte("MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00")
	linux := append([]byte("\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x3e\x00"), make([]byte, 64)...)
	mac := []byte("\xcf\xfa\xed\xfe\x07\x00\x00\x01\x03\x00\x00\x00\x02\x00\x00\x00")
	lnk := []byte("\x4c\x00\x00\x00\x01\x14\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46")
	hello := []byte("bonjour\n")

	cases := map[string]struct {
		name session.Private
		head []byte
		want []session.Reason
	}{
		"a Windows program":                    {"jeu.exe", windows, []session.Reason{program}},
		"a Windows program by its name alone":  {"JEU.EXE", nil, []session.Reason{program}},
		"a Windows program without extension":  {"jeu", windows, []session.Reason{program}},
		"a screen saver":                       {"jeu.scr", windows, []session.Reason{program}},
		"an installer":                         {"jeu.msi", nil, []session.Reason{session.ReasonInstaller}},
		"a batch file":                         {"go.bat", hello, []session.Reason{program}},
		"a PowerShell script":                  {"go.ps1", hello, []session.Reason{program}},
		"a Visual Basic script":                {"go.vbs", hello, []session.Reason{program}},
		"an HTML application":                  {"go.hta", hello, []session.Reason{program}},
		"a registry file":                      {"go.reg", hello, []session.Reason{program}},
		"a Linux program":                      {"jeu", linux, []session.Reason{program}},
		"a Linux package":                      {"jeu.deb", nil, []session.Reason{session.ReasonInstaller}},
		"an AppImage":                          {"jeu.AppImage", linux, []session.Reason{program}},
		"a shell script":                       {"go.sh", hello, []session.Reason{program}},
		"a shell script without extension":     {"go", []byte("#!/bin/sh\nrm -rf ~\n"), []session.Reason{program}},
		"a Python script without extension":    {"go", []byte("#!/usr/bin/env python3\n"), []session.Reason{program}},
		"a Mac program":                        {"jeu", mac, []session.Reason{program}},
		"a Mac package":                        {"jeu.pkg", nil, []session.Reason{session.ReasonInstaller}},
		"an Android application":               {"jeu.apk", nil, []session.Reason{session.ReasonInstaller}},
		"a Java archive":                       {"jeu.jar", nil, []session.Reason{program}},
		"a program in a folder":                {"a/b/jeu.exe", nil, []session.Reason{program}},
		"dots and spaces at the end":           {"jeu.exe. . ", nil, []session.Reason{program}},
		"an alternate stream":                  {"notes.txt:jeu.exe", nil, []session.Reason{program}},
		"a Windows shortcut":                   {"clé.lnk", lnk, []session.Reason{shortcut}},
		"a Windows shortcut by its content":    {"clé", lnk, []session.Reason{shortcut}},
		"an internet shortcut":                 {"site.url", []byte("[InternetShortcut]\r\nURL=file://x\r\n"), []session.Reason{shortcut}},
		"a Linux shortcut":                     {"a.desktop", []byte("[Desktop Entry]\nExec=sh\n"), []session.Reason{shortcut}},
		"a Linux shortcut without extension":   {"a", []byte("[Desktop Entry]\nExec=sh\n"), []session.Reason{shortcut}},
		"autorun":                              {"AutoRun.inf", []byte("[autorun]\r\nopen=a.exe\r\n"), []session.Reason{session.ReasonAutorun, program}},
		"a picture that is a program":          {"photo.jpg.exe", windows, []session.Reason{program, two}},
		"the same with room in between":        {"photo.jpg           .exe", windows, []session.Reason{program, two}},
		"a document that is a shortcut":        {"lettre.docx.lnk", lnk, []session.Reason{shortcut, two}},
		"an extension turned round":            {"photo\u202egpj.exe", windows, []session.Reason{program, hidden}},
		"a line break in a name":               {"a\nb.txt", hello, []session.Reason{hidden}},
		"an escape sequence in a name":         {"a\x1b]52;c;eA==\x07.txt", hello, []session.Reason{hidden}},
		"an isolate in the name of a folder":   {"a\u2066b/c.txt", hello, []session.Reason{hidden}},
		"a program that says it is a picture":  {"photo.jpg", windows, []session.Reason{program, mismatch}},
		"a Linux program that says it is text": {"notes.txt", linux, []session.Reason{program, mismatch}},
		"a page that says it is a document":    {"facture.pdf", files["page.html"], []session.Reason{mismatch}},
		"a page that says it is a picture":     {"photo.png", files["page.html"], []session.Reason{mismatch}},
		"an archive that says it is a picture": {"photo.jpg", files["photos.zip"], []session.Reason{mismatch}},
		"a document that says it is text":      {"notes.txt", files["attestation CAF.pdf"], []session.Reason{mismatch}},
		"a picture that says it is a document": {"lettre.docx", files["photo.jpg"], []session.Reason{mismatch}},
		"a document closed by a password":      {"lettre.docx", files["vieux.doc"], []session.Reason{session.ReasonEncrypted}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, triage.Triage(c.name, c.head)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func FuzzTriage(f *testing.F) {
	for name, head := range everyday(f) {
		f.Add(name.Reveal(), head)
	}
	f.Fuzz(func(t *testing.T, name string, head []byte) {
		if strings.HasSuffix(name, ".exe") && len(triage.Triage(session.Private(name), head)) == 0 {
			t.Error("a program is passed over")
		}
	})
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
