package main

import (
	"context"
	"log/slog"
	"os"

	"estran/session/cgroup"
	"estran/session/launch"
)

// browserFlag makes this program the launcher of a browser. It stands alone on the command line.
const browserFlag = "--browser"

// startBrowser is the whole life of estran-browser.service.
func startBrowser() {
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{ReplaceAttr: withoutTime}))
	err := bare()
	if err == nil {
		err = cgroup.Settle()
	}
	if err == nil {
		err = launch.Serve(context.Background(), launch.Socket)
	}
	if err != nil {
		log.Error("the browser's unit ends", "error", err)
		os.Exit(exitError)
	}
	os.Exit(exitFine)
}
