package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"golang.org/x/sys/unix"

	estrantour "estran/cmd/estran/tour"
	"estran/session"
	"estran/session/browser"
)

// tour makes a visit without a person, on the stage that a kiosk would have had.
func tour(s stage, cfg session.Config) int {
	ctx, stop := signal.NotifyContext(context.Background(), unix.SIGTERM, unix.SIGHUP, unix.SIGINT, unix.SIGQUIT)
	defer stop()
	err := estrantour.Run(ctx, estrantour.Options{
		Config: cfg, RunDir: s.runDir, StateDir: s.stateDir, Fault: s.fault,
		Credential: visitorCredential(browser.Display{}), Others: trialFiles(), Out: os.Stdout,
	})
	if err != nil {
		fmt.Printf("\nNOT VERIFIED: %v\n", err)
		return childFailed
	}
	return childLeft
}
