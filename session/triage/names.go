package triage

import "strings"

// programs are the extensions of what a system runs when it is opened. Sources: the dangerous types of Chromium
// (download_file_types.asciipb), the attachments that Outlook blocks, PyCIRCLean's list, and what Linux desktops run.
// HTML, Office macros and active PDF are another matter: they are documents first.
var programs = strings.Fields(`
	exe com scr pif bat cmd cpl dll ocx sys drv vxd efi
	js jse mjs cjs vbs vbe vb vbp wsf wsh wsc ws sct shb shs hta
	ps1 ps1xml ps2 ps2xml psc1 psc2 psm1 psd1 pssc cdxml msh msh1 msh2 mshxml msh1xml msh2xml
	msc reg inf ins isp job udl wsb prg fxp chm hlp gadget xbap application
	settingcontent-ms diagcab diagcfg diagpkg vsmacros vsw ahk au3
	xll wll xla xlam ppa ppam ade adp mda mde mdw mdz mam maq accda accde accdr
	sh bash zsh csh tcsh ksh fish run elf so ko appimage
	app dylib kext command terminal scpt scptd applescript workflow action osax prefpane
	jar jnlp class py pyw pyc pyo pyz pyzw pyd rb pl php phar lua tcl
`)

// installers are the extensions of what puts a program, or a part of one, into a system when it is opened. Same sources.
var installers = strings.Fields(`
	msi msp mst msu msix msixbundle appx appxbundle appinstaller vsix xap air
	deb rpm snap flatpak flatpakref flatpakrepo oxt
	pkg mpkg mobileconfig
	apk apks xapk apkm aab ipa
	xpi crx
`)

// shortcuts are the extensions of what leads elsewhere when it is opened: to a program, a site or another computer.
var shortcuts = strings.Fields(`
	lnk url website scf appref-ms library-ms search-ms searchconnector-ms xnk rdp iqy oqy dqy rqy
	desktop kdelnk webloc inetloc fileloc
`)

// openXML are the Office documents that are archives. Office closes them with a password by wrapping them in OLE storage
// ([MS-OFFCRYPTO] 2.3.4.1).
var openXML = strings.Fields("docx docm dotx dotm xlsx xlsm xlsb xltx xltm pptx pptm ppsx ppsm potx potm vsdx")

// archives are the extensions of what holds files.
var archives = append(strings.Fields("zip 7z rar tar gz tgz bz2 tbz tbz2 xz txz zst tzst lzma tlz"), closedArchives...)

// closedArchives are those of what holds files and that nobody opens here.
var closedArchives = strings.Fields(`
	ace alz arc arj br cab cpio ear egg hqx kgb lha lz lz4 lzh lzo pak paq par2 rz sea shar sit sitx uue war xar z zipx zoo zpaq
`)

// families says what the content of a file of a given extension may be. An extension that is not here is not judged.
//
// They are wide, because real files are: a picture saved as .jpg is often PNG, WebP or HEIC; .doc and .xls often are RTF,
// HTML or tab-separated text written by a web site; .docx at times is an old .doc under a new name.
var families = func() map[string][]family {
	table := map[string][]family{}
	add := func(extensions string, allowed ...family) {
		for _, e := range strings.Fields(extensions) {
			table[e] = allowed
		}
	}
	add(`jpg jpeg jpe jfif png apng gif bmp dib tif tiff webp heic heif avif jxl jp2 ico cur dng cr2 nef arw orf
		mp3 m4a aac wav flac ogg oga opus wma amr aif aiff mid midi
		mp4 m4v mov avi mkv webm wmv mpg mpeg mpe ogv 3gp 3g2 flv vob mts m2ts`, media)
	add("pdf", pdf)
	add(strings.Join(openXML, " "), zipped, ole)
	add("odt ott ods ots odp otp odg otg odf odc odb epub pages numbers key kmz", zipped)
	add("doc dot xls xlt ppt pps pot", ole, zipped, text)
	add("msg pub vsd", ole)
	add("rtf", text, ole, zipped)
	add(`txt text md log csv tsv tab json geojson xml ics vcf eml srt vtt ini cfg conf css html htm xhtml mht mhtml svg
		yaml yml toml sql gpx kml tex bib fodt fods fodp m3u m3u8`, text)
	add("zip 7z rar tar gz tgz bz2 xz zst cbz cbr", zipped, archive)
	return table
}()
