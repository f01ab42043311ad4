package triagetest

import (
	"fmt"
	"strings"

	"estran/session"
)

func made(p pdf) func() []byte { return p.build }

// formField is a field that formats, checks and adds up by the functions that Acrobat has for it (AFNumber_Format and its
// kin): nothing that a form of an office does without.
func formField(name, event, script string) string {
	return fmt.Sprintf("<</Type/Annot/Subtype/Widget/FT/Tx/T(%s)/Rect[72 600 200 620]/F 4/DA(/F1 10 Tf 0 g)/AA<</%s<</S/JavaScript/JS(%s)>>>>>>",
		name, event, script)
}

// pdfsOfOffices are what people print at a benefits office, a tax office, a town hall.
func pdfsOfOffices() []Entry {
	form := pdf{
		version: "1.7", producer: "Adobe PDF Library 15.0",
		catalog: "/AcroForm<</Fields[7 0 R 8 0 R 9 0 R]/CO[9 0 R]/DR<</Font<</F1 5 0 R>>>>/DA(/F1 10 Tf 0 g)/NeedAppearances true>>",
		page:    "/Annots[7 0 R 8 0 R 9 0 R]",
		objects: []string{
			formField("revenu", "F", `AFNumber_Format\(2, 0, 0, 0, "", true\);`),
			formField("naissance", "K", `AFDate_KeystrokeEx\("dd/mm/yyyy"\);`),
			formField("total", "C", `AFSimple_Calculate\("SUM", new Array\("revenu", "loyer"\)\);`),
		},
	}
	formPacked := form
	formPacked.packed = true
	formPacked.objects = append([]string{}, form.objects...)
	formPacked.objects[0] = formField("revenu", "K", `AFNumber_Keystroke\(2, 0, 0, 0, "", true\);`)
	xfa := pdf{
		producer: "Adobe LiveCycle Designer ES 9.0",
		catalog:  "/AcroForm<</Fields[]/XFA[(preamble) 7 0 R(template) 8 0 R(datasets) 9 0 R(postamble) 10 0 R]>>/NeedsRendering true",
		objects: []string{
			flated("", []byte(`<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/" timeStamp="2026-11-02T09:30:00Z">`)),
			flated("", []byte(`<template xmlns="http://www.xfa.org/schema/xfa-template/3.3/"><subform name="cerfa"><field name="total">`+
				`<ui><numericEdit/></ui><calculate><script>SUM(revenu, loyer)</script></calculate></field><field name="date"><calculate>`+
				`<script contentType="application/x-javascript">this.rawValue = parseInt(annee.rawValue) + 1;</script></calculate>`+
				`</field></subform></template>`)),
			flated("", []byte(`<xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><xfa:data/></xfa:datasets>`)),
			flated("", []byte(`</xdp:xdp>`)),
		},
	}
	signature := pdf{
		producer: "Universign",
		catalog:  "/AcroForm<</SigFlags 3/Fields[7 0 R]>>/Perms<</DocMDP 8 0 R>>",
		page:     "/Annots[7 0 R]",
		objects: []string{
			"<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature1)/Rect[0 0 0 0]/F 132/V 8 0 R/P 3 0 R>>",
			"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[0 840 4938 500]/Contents" +
				"<3082" + strings.Repeat("0a5c", 1023) + ">/M(D:20261102093000+01'00')/Reference[<</Type/SigRef/TransformMethod/DocMDP" +
				"/TransformParams<</Type/TransformParams/P 1/V/1.2>>>>]>>",
		},
	}
	facturX := pdf{
		version: "1.7", producer: "factur-x Python lib",
		catalog: "/AF[7 0 R]/Names<</EmbeddedFiles<</Names[(factur-x.xml) 7 0 R]>>>>/PageMode/UseAttachments",
		objects: embedding(7, "factur-x.xml", "text#2Fxml", []byte(`<?xml version="1.0" encoding="UTF-8"?><rsm:CrossIndustryInvoice `+
			`xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"><rsm:ExchangedDocument/></rsm:CrossIndustryInvoice>`)),
	}
	locked := pdf{
		version: "1.6", producer: "Banque", trailer: "/Encrypt 7 0 R",
		objects: []string{"<</Filter/Standard/V 4/R 4/Length 128/P -1084/CF<</StdCF<</AuthEvent/DocOpen/CFM/AESV2/Length 16>>>>/StmF/StdCF/StrF/StdCF/O<" +
			strings.Repeat("4f", 32) + ">/U<" + strings.Repeat("55", 32) + ">>>"},
	}
	lockedPacked := locked
	lockedPacked.packed = true
	return []Entry{
		clean("attestation CAF.pdf", "attestation de paiement of the CAF: iText, one page", made(pdf{})),
		clean("Avis d'impôt 2026.pdf", "shows its first page before the rest is there: linearized", linearized),
		clean("attestation_droits.pdf", "attestation of ameli.fr: object streams", made(pdf{version: "1.5", producer: "Apache FOP Version 2.6", packed: true})),
		clean("Attestation France Travail.pdf", "avis de situation: PDF 1.4, plain streams", made(pdf{version: "1.4", plain: true, producer: "JasperReports 6.20"})),
		clean("Bordereau La Poste.pdf", "links to the site of a parcel", made(pdf{
			page:    "/Annots[7 0 R]",
			objects: []string{"<</Type/Annot/Subtype/Link/Rect[72 700 300 714]/Border[0 0 0]/A<</S/URI/URI(https://www.laposte.fr/outils/suivre-vos-envois?code=6A123)>>>>"},
		})),
		clean("formulaire_caf_aide_logement.pdf", "a form that formats numbers and dates, and adds up", made(form)),
		clean("formulaire impots 2042.pdf", "the same in object streams", made(formPacked)),
		clean("cerfa_15646-01.pdf", "a cerfa form made with LiveCycle: XFA, with sums", made(xfa)),
		clean("contrat signé.pdf", "signed by hand of a service: a signature field", made(signature)),
		clean("Facture EDF.pdf", "an electronic invoice with its data attached: Factur-X", made(facturX)),
		clean("Livret d'accueil.pdf", "opens at the width of the page", made(pdf{catalog: "/OpenAction[3 0 R/FitH 842]/PageLayout/OneColumn"})),
		clean("Guide retraite.pdf", "opens at a page by an action, as Acrobat writes it", made(pdf{
			catalog: "/OpenAction<</S/GoTo/D[3 0 R/XYZ 0 842 0]>>/PageMode/UseOutlines/Outlines 7 0 R",
			objects: []string{"<</Type/Outlines/First 8 0 R/Last 8 0 R/Count 1>>", "<</Title(Sommaire)/Parent 7 0 R/A<</S/GoTo/D(chapitre1)>>>>"},
		})),
		clean("Notice CAF.pdf", "named destinations in a name tree", made(pdf{
			packed:  true,
			catalog: "/Names<</Dests 7 0 R>>",
			objects: []string{"<</Kids[8 0 R]>>", "<</Limits[(a)(b)]/Names[(a)[3 0 R/XYZ 0 842 0](b)[3 0 R/XYZ 0 400 0]]>>"},
		})),
		clean("Demande de RSA.pdf", "a form with a button that clears it, and one that prints it", made(pdf{
			catalog: "/AcroForm<</Fields[7 0 R 8 0 R]/DA(/F1 10 Tf 0 g)>>", page: "/Annots[7 0 R 8 0 R]",
			objects: []string{
				"<</Type/Annot/Subtype/Widget/FT/Btn/Ff 65536/T(effacer)/Rect[72 100 150 120]/A<</S/ResetForm>>>>",
				"<</Type/Annot/Subtype/Widget/FT/Btn/Ff 65536/T(imprimer)/Rect[172 100 250 120]/A<</S/Named/N/Print>>>>",
			},
		})),
		clean("Releve de carriere.pdf", "saved twice: an incremental update with a second table", updated),
		clean("releve CNAV.PDF", "an old one, PDF 1.3, with its name in capitals", made(pdf{version: "1.3", plain: true, producer: "Acrobat Distiller 4.05"})),
		clean("bulletin de paie 2026-10.pdf", "four blank lines ahead of the header, as a web site sends it", made(pdf{before: "\r\n\r\n\r\n\r\n"})),
		clean("quittance.pdf", "filled up with zeros at the end by a mail gateway", made(pdf{after: strings.Repeat("\x00", 600)})),
		clean("RIB.pdf", "enciphered so that nobody changes it, and everybody opens it: most banks do so", func() []byte { return opened("/Lang(fr-FR)") }),
		unsure("releve_bancaire_chiffre.pdf", "a bank closes it with a password", made(locked), session.ReasonEncrypted),
		unsure("bulletin coffre-fort.pdf", "the same in object streams", made(lockedPacked), session.ReasonEncrypted),
	}
}

// updated is a PDF to which a program added a page label without writing it anew.
func updated() []byte { return amended("/PageLabels<</Nums[0<</S/D>>]>>") }

// amended is a PDF whose catalog was changed by an incremental update (7.5.6).
func amended(catalog string) []byte {
	first := pdf{}.build()
	table := strings.LastIndex(string(first), "xref\n0 ")
	second := "1 0 obj\n<</Type/Catalog/Pages 2 0 R" + catalog + ">>\nendobj\n"
	at := len(first) + len(second)
	return []byte(string(first) + second + fmt.Sprintf("xref\n1 1\n%010d 00000 n \ntrailer\n<</Size 7/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n",
		len(first), table, at))
}

// pdfsOfPrograms are what programs and machines make.
func pdfsOfPrograms() []Entry {
	scan := func(extra string, producer string) pdf {
		picture := jpegOf(160, 220)
		return pdf{
			version: "1.4", producer: producer, catalog: extra, plain: true,
			page:    "/Rotate 0",
			objects: []string{streamOf("/Type/XObject/Subtype/Image/Width 160/Height 220/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode", picture)},
		}
	}
	pdfa := scan("/Metadata 8 0 R/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)>>]/MarkInfo<</Marked true>>", "Canon iR-ADV")
	pdfa.objects = append(pdfa.objects, streamOf("/Type/Metadata/Subtype/XML", []byte(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF `+
		`xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><pdfaid:part>1</pdfaid:part></rdf:RDF></x:xmpmeta>`)))
	return []Entry{
		clean("CV.pdf", "written with Word", made(pdf{
			version: "1.7", producer: "Microsoft\\256 Word pour Microsoft 365",
			catalog: "/Lang(fr-FR)/StructTreeRoot 7 0 R/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>",
			objects: []string{"<</Type/StructTreeRoot/K[]>>"},
		})),
		clean("lettre de motivation.pdf", "written with LibreOffice", made(pdf{version: "1.6", producer: "LibreOffice 24.8", catalog: "/Lang(fr-FR)/OpenAction[3 0 R/XYZ null null 0]"})),
		clean("page.pdf", "printed from Chrome", made(pdf{version: "1.4", producer: "Skia/PDF m130", catalog: "/Lang(fr)/MarkInfo<</Marked true>>"})),
		clean("billet SNCF.pdf", "from a phone: Quartz", made(pdf{version: "1.3", producer: "iOS Version 18.1 Quartz PDFContext"})),
		clean("numerisation0001.pdf", "a scanner: one JPEG", made(scan("", "HP Scan"))),
		clean("carte identite recto verso.pdf", "a copier: PDF/A with its metadata", made(pdfa)),
		clean("rapport.pdf", "LaTeX, with hyperlinks", made(pdf{
			version: "1.5", packed: true, producer: "pdfTeX-1.40.26", page: "/Annots[7 0 R]", catalog: "/Names 8 0 R/PageMode/UseOutlines",
			objects: []string{
				"<</Type/Annot/Subtype/Link/Rect[72 700 300 714]/A<</S/GoTo/D(section.1)>>>>",
				"<</Dests<</Names[(section.1)[3 0 R/XYZ 72 700 null]]>>>>",
			},
		})),
		clean("cours.pdf", "speaks of /JavaScript and /Launch in its text, as a course may", made(pdf{
			plain:   true,
			objects: []string{streamOf("", []byte("BT (Un PDF peut avoir /OpenAction, /JavaScript et /Launch.) Tj ET"))},
		})),
		clean("avec notes.pdf", "notes in the margin", made(pdf{
			page:    "/Annots[7 0 R]",
			objects: []string{"<</Type/Annot/Subtype/Text/Rect[72 700 90 718]/Contents(A relire)/Open false/Popup 8 0 R>>", "<</Type/Annot/Subtype/Popup/Rect[100 600 300 700]/Parent 7 0 R>>"},
		})),
		clean("piece jointe.pdf", "a PDF with another PDF attached, as a notary sends it", made(pdf{
			catalog: "/Names<</EmbeddedFiles<</Names[(annexe.pdf) 7 0 R]>>>>",
			objects: embedding(7, "annexe.pdf", "application#2Fpdf", pdf{}.build()),
		})),
		clean("annexe non comprimée.pdf", "the same, and the other PDF is seen from outside", made(pdf{
			plain: true, catalog: "/Names<</EmbeddedFiles<</Names[(annexe.pdf) 7 0 R]>>>>",
			objects: []string{"<</Type/Filespec/F(annexe.pdf)/EF<</F 8 0 R>>>>", streamOf("/Type/EmbeddedFile", pdf{plain: true}.build())},
		})),
		clean("depot en ligne.pdf", "the last line of a form of the web is left behind the end", made(pdf{after: "\r\n------WebKitFormBoundaryAbC--\r\n"})),
		clean("classeur.pdf", "a PDF with a workbook attached", made(pdf{
			packed: true, catalog: "/Names<</EmbeddedFiles<</Names[(budget.xlsx) 7 0 R]>>>>",
			objects: embedding(7, "budget.xlsx", "application#2Foctet-stream", xlsx(bookKind, "", "")),
		})),
		clean("portfolio.pdf", "a portfolio: photos attached, with a cover", made(pdf{
			catalog: "/Collection<</Type/Collection/View/T>>/Names<</EmbeddedFiles<</Names[(a.jpg) 7 0 R]>>>>",
			objects: embedding(7, "a.jpg", "image#2Fjpeg", jpegOf(60, 40)),
		})),
		clean("diaporama.pdf", "slides that fade", made(pdf{page: "/Trans<</S/Dissolve/D 1>>/Dur 5", catalog: "/PageMode/FullScreen"})),
		clean("plan de ville.pdf", "layers that are shown or hidden", made(pdf{
			catalog: "/OCProperties<</OCGs[7 0 R]/D<</Order[7 0 R]>>>>", page: "/Annots[8 0 R]",
			objects: []string{"<</Type/OCG/Name(Rues)>>", "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/SetOCGState/State[/Toggle 7 0 R]>>>>"},
		})),
		clean("logo imprimeur.ai", "Illustrator: a PDF under another name", made(pdf{producer: "Adobe PDF library 17.00"})),
	}
}
