package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"

	"estran/session"
	"estran/session/assist/agents"
	"estran/session/daybook"
)

// agent is how IT keeps the accounts of agents; each change notes a line in the daybook.
func agent(ctx context.Context, args []string, s streams) error {
	words := []command{
		{"add", agentAdd},
		{"list", agentList},
		{"rotate", agentRotate},
		{"disable", agentChange{"disable", daybook.AgentDisabled, (*agents.House).Disable, "%s est désactivé."}.run},
		{"enable", agentChange{"enable", daybook.AgentEnabled, (*agents.House).Enable, "%s est réactivé."}.run},
		{"remove", agentChange{"remove", daybook.AgentRemoved, (*agents.House).Remove, "%s est retiré."}.run},
		{"review", agentReview},
		{"unblock", agentUnblock},
	}
	if len(args) == 0 {
		return fmt.Errorf("%w : il faut add, list, rotate, disable, enable, remove, review ou unblock ; voir estranctl help", errUsage)
	}
	i := slices.IndexFunc(words, func(c command) bool { return c.name == args[0] })
	if i < 0 {
		return fmt.Errorf("%w : « agent %s » n'existe pas ; voir estranctl help", errUsage, shown(args[0]))
	}
	return words[i].run(ctx, args[1:], s)
}

// agentChange is a change that needs a login and nothing else.
type agentChange struct {
	name string
	what daybook.Event
	do   func(*agents.House, context.Context, string) error
	done string
}

func (c agentChange) run(ctx context.Context, args []string, s streams) error {
	login, err := parseLogin("agent "+c.name, args, noFlags)
	if err != nil {
		return err
	}
	if err := c.do(here.agents(), ctx, login); err != nil {
		return agentWords(login, err)
	}
	say(s, c.done, login)
	return noteAgent(c.what, login)
}

// agentUnblock lets an agent in again after too many wrong codes, or all of them when the counts are damaged.
func agentUnblock(ctx context.Context, args []string, s streams) error {
	var all bool
	login, err := parseLogins("agent unblock", args, func(f *flag.FlagSet) { f.BoolVar(&all, "all", false, "") })
	switch {
	case err != nil:
		return err
	case all == (login != ""):
		return fmt.Errorf("%w : agent unblock prend un nom, ou --all", errUsage)
	case all:
		if err := here.agents().UnblockAll(ctx); err != nil {
			return agentWords("", err)
		}
		say(s, "Tous les essais sont oubliés.")
	default:
		if err := here.agents().Unblock(ctx, login); err != nil {
			return agentWords(login, err)
		}
		say(s, "%s peut essayer de nouveau.", login)
	}
	return noteAgent(daybook.AgentUnblocked, login)
}

// noteAgent writes what was done in the daybook.
func noteAgent(what daybook.Event, login string) error {
	return noteEntry(daybook.Entry{What: what, Who: here.who(), Agent: login})
}

// parseLogin reads a command that takes a login.
func parseLogin(name string, args []string, define func(*flag.FlagSet)) (string, error) {
	login, err := parseLogins(name, args, define)
	if err == nil && login == "" {
		err = fmt.Errorf("%w : %s prend le nom d'un agent ; voir estranctl help", errUsage, name)
	}
	return login, err
}

// parseLogins reads a command that may take a login, before its options or behind them. Root alone goes on from here.
func parseLogins(name string, args []string, define func(*flag.FlagSet)) (string, error) {
	var login string
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		login, args = args[0], args[1:]
		if login == "" {
			return "", errNoLogin
		}
	}
	rest, err := parseWith(name, args, define)
	switch {
	case err != nil:
		return "", err
	case login == "" && len(rest) > 0:
		login, rest = rest[0], rest[1:]
	}
	if len(rest) > 0 {
		return "", fmt.Errorf("%w : « %s » est de trop ; voir estranctl help", errUsage, shown(rest[0]))
	}
	if login != "" {
		clean, is := agents.Login(session.Private(login))
		if !is {
			return "", errNoLogin
		}
		login = clean
	}
	return login, rootOnly(name)
}

var errNoLogin = fmt.Errorf("%w : un nom a 2 à 32 signes : petites lettres sans accent, chiffres, point, tiret ; une lettre d'abord",
	errUsage)

// parseDay reads the end of an account.
func parseDay(text string) (agents.Day, error) {
	if day := agents.Day(text); text == "" || day.Valid() {
		return day, nil
	}
	return "", fmt.Errorf("%w : --expires prend une date (2027-11-26)", errUsage)
}

// agentWords says what an answer of the accounts means to IT.
func agentWords(login string, err error) error {
	switch {
	case errors.Is(err, agents.ErrExists):
		return fmt.Errorf("%s existe déjà ; pour un nouveau code : estranctl agent rotate %s", login, login)
	case errors.Is(err, agents.ErrUnknown):
		return fmt.Errorf("aucun agent ne s'appelle %s : estranctl agent list", login)
	case errors.Is(err, agents.ErrPast):
		return errors.New("cette fin est déjà passée : --expires avec une date à venir, ou none")
	case errors.Is(err, agents.ErrCounts):
		return fmt.Errorf("le compte des essais ne se lit pas, personne ne peut entrer ; pour repartir de zéro : "+
			"estranctl agent unblock --all (%w)", err)
	case errors.Is(err, agents.ErrCodeForm):
		return errors.New("un code a 9 à 128 lettres sans accent, chiffres ou signes ; ni espaces, ni tirets ne comptent")
	case errors.Is(err, agents.ErrCodeWeak):
		return errors.New("ce code se devine trop vite : 11 lettres, 10 lettres et chiffres mêlés ou 16 chiffres, tirés au sort, " +
			"sans le nom ; les majuscules ne comptent pas")
	}
	return fmt.Errorf("rien n'a changé : %w", err)
}
