package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"estran/session"
	"estran/session/assist"
	"estran/session/assist/agents"
	"estran/session/ownfile"
)

// accountsName is the file of the agents in the state directory of a station in this process.
const accountsName = "agents.json"

// trialLogin is the agent of whoever tries Estran.
const trialLogin = "essai"

// deskOf is the agents and the counts of a station in this process. They are its own: those of an installed station are
// root's, and in another place.
func deskOf(stateDir string, months int) assist.Desk {
	return assist.Open(assist.Options{
		Accounts: filepath.Join(stateDir, accountsName), StateDir: stateDir, Months: months,
	})
}

// trialFiles are the names that an agent and the counts may have in the state directory.
func trialFiles() []string { return append(assist.Files(), accountsName, accountsName+ownfile.Next) }

// trialAgent makes an agent to try Estran with, or gives the one of last time a new code, and tells it before the kiosk
// fills the terminal.
func trialAgent(ctx context.Context, stateDir string, in io.Reader, out io.Writer) error {
	house, code := deskOf(stateDir, session.Defaults().Activity.Months).Agents, agents.Draw()
	err := house.Add(ctx, trialLogin, session.ProfileMediateur, "", code)
	if errors.Is(err, agents.ErrExists) {
		err = house.Rotate(ctx, trialLogin, code)
	}
	if err != nil {
		return fmt.Errorf("cannot make an agent to try with: %w", err)
	}
	fmt.Fprintf(out, "Agent : %s\nCode  : %s\n\nNotez-les, puis appuyez sur Entrée.\n", trialLogin, code.Reveal())
	_, err = io.ReadFull(in, make([]byte, 1))
	return err
}

// tryAsAgent makes the agent of a trial when that was asked for.
func tryAsAgent(s stage, o options) error {
	if !o.agent || s.fault != session.NoFault {
		return nil
	}
	return trialAgent(context.Background(), s.stateDir, os.Stdin, os.Stdout)
}
