package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"unicode"
)

const usage = `Usage : estranctl COMMANDE [OPTIONS]

  check [--json]                      regarder tout ce dont la promesse dépend (en root)
  status [--json | --metrics | --state]
                                      l'état de la station
  maintenance begin [--reason TEXTE] [--minutes N] [--force]
                                      prendre le poste, quand personne n'est là
  maintenance finish                  le rendre aux visiteurs
  maintenance password                mot de passe du menu de démarrage
  journal [--json] [--since DATE]     la main courante ; DATE : 2026-11-24, 12h, 7j
  access-log [--json | --csv] [--from DATE] [--to DATE] [--reason TEXTE]
                                      le journal de connexion ; DATE : 2026-11-24,
                                      2026-11-24T14:30
  mandate --sample | --blank --out FICHIER [--plain | --courtesy] [--lang fr|en] [--force]
                                      un mandat d'exemple, ou à remplir à la main
  scan [--json] [--image] [--config FICHIER] CHEMIN…
                                      ce que le poste dirait de fichiers, de
                                      dossiers pris pour des clés ou d'images de clés
  prove [--json] [--deep] [--pdf FICHIER]
                                      prouver sur ce poste, quand personne n'est là,
                                      que rien ne reste ; --deep lit aussi les disques
  help, version

Codes de sortie : 0 tout va bien, 1 quelque chose échoue ou est refusé,
2 la question n'a pas pu être posée. Le détail est dans estranctl(8).
`

// parse reads the options of a command, and says in French what is wrong with them.
func parse(name string, args []string, define func(*flag.FlagSet)) error {
	rest, err := parseWith(name, args, define)
	if err == nil && len(rest) > 0 {
		return fmt.Errorf("%w : « %s » est de trop ; voir estranctl help", errUsage, shown(rest[0]))
	}
	return err
}

// parseWith is parse for a command that takes more than options, and gives the rest.
func parseWith(name string, args []string, define func(*flag.FlagSet)) (rest []string, err error) {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	define(flags)
	err = flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return nil, fmt.Errorf("%w : voir estranctl help", errUsage)
	case err != nil:
		return nil, fmt.Errorf("%w : %s ; voir estranctl help", errUsage, inFrench(err.Error()))
	}
	return flags.Args(), nil
}

// noFlags is for a command without options.
func noFlags(*flag.FlagSet) {}

// inFrench says in French what package flag says in English.
func inFrench(said string) string {
	if name, is := strings.CutPrefix(said, "flag provided but not defined: "); is {
		return "il n'y a pas d'option -" + shown(name)
	}
	if name, is := strings.CutPrefix(said, "flag needs an argument: "); is {
		return "il manque une valeur à -" + shown(name)
	}
	return "une option a une valeur qui n'est pas permise"
}

// shown is somebody's text, without what could drive a terminal.
func shown(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsGraphic(r) || unicode.Is(unicode.Bidi_Control, r) {
			return '?'
		}
		return r
	}, s)
}
