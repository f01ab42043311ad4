package main

import (
	"context"
	"flag"
	"fmt"
	"slices"

	"estran/session"
	"estran/session/assist/agents"
	"estran/session/daybook"
)

// agentAdd makes an account, and shows its code once.
func agentAdd(ctx context.Context, args []string, s streams) error {
	var profile, expires string
	var typed, without bool
	login, err := parseLogin("agent add", args, func(f *flag.FlagSet) {
		f.StringVar(&profile, "profile", "", "")
		f.StringVar(&expires, "expires", "", "")
		f.BoolVar(&typed, "typed", false, "")
		f.BoolVar(&without, "without-code", false, "")
	})
	if err != nil {
		return err
	}
	end, err := parseDay(expires)
	switch {
	case err != nil:
		return err
	case !slices.Contains(session.Profiles(), session.Profile(profile)):
		return fmt.Errorf("%w : il faut --profile mediateur, responsable ou maintenance", errUsage)
	case typed && without:
		return fmt.Errorf("%w : --typed ou --without-code", errUsage)
	}
	var code session.Private
	if !without {
		if code, err = newCode(ctx, s, login, typed); err != nil {
			return err
		}
	}
	if err := here.agents().Add(ctx, login, session.Profile(profile), end, code); err != nil {
		return agentWords(login, err)
	}
	say(s, "%s est ajouté, profil %s.", login, profile)
	if without {
		say(s, "Il n'a pas encore de code : estranctl agent rotate %s, sur ce poste.", login)
	}
	return showCode(s, daybook.AgentAdded, login, code, typed)
}

// agentRotate gives an account another code.
func agentRotate(ctx context.Context, args []string, s streams) error {
	var typed bool
	login, err := parseLogin("agent rotate", args, func(f *flag.FlagSet) { f.BoolVar(&typed, "typed", false, "") })
	if err != nil {
		return err
	}
	code, err := newCode(ctx, s, login, typed)
	if err != nil {
		return err
	}
	if err := here.agents().Rotate(ctx, login, code); err != nil {
		return agentWords(login, err)
	}
	say(s, "%s a un nouveau code. L'ancien ne vaut plus rien.", login)
	return showCode(s, daybook.AgentRotated, login, code, typed)
}

// newCode draws a code, or asks for one that was made elsewhere.
func newCode(ctx context.Context, s streams, login string, typed bool) (session.Private, error) {
	if !typed {
		return agents.Draw(), nil
	}
	text, err := secret{
		name: "Code", none: "aucun code n'a été donné",
		hints: []string{"Un code tiré au sort ailleurs, qui ne sert qu'ici. Majuscules, espaces et tirets ne comptent pas."},
		check: func(c string) error {
			if err := agents.CheckCode(login, session.Private(c)); err != nil {
				return agentWords(login, err)
			}
			return nil
		},
	}.ask(ctx, s)
	return session.Private(text), err
}

// showCode shows a code that was drawn, the only time that anybody can see it, and notes what was done.
func showCode(s streams, what daybook.Event, login string, code session.Private, typed bool) error {
	var unshown error
	if code != "" && !typed {
		_, unshown = fmt.Fprintf(s.out, "\n  %s\n\nCe code n'est montré que maintenant, et n'est gardé nulle part. À donner en main\n"+
			"propre, jamais par courriel. Majuscules, espaces et tirets ne comptent pas.\n", code.Reveal())
	}
	if err := noteAgent(what, login); err != nil {
		return err
	}
	if unshown != nil {
		return fmt.Errorf("le code n'a pas pu être montré : estranctl agent rotate %s", login)
	}
	return nil
}
