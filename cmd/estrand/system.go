package main

import (
	"context"
	"errors"
	"log/slog"

	"estran/cleanup"
	"estran/session/kernellog"
)

// forgetting gives the step by which the computer forgets a visitor. It looks at the kernel's log now, when no visitor
// has come yet.
func forgetting(log *slog.Logger) func(anew bool) cleanup.Step {
	kernel, err := kernellog.New(kernellog.Device)
	if err != nil {
		log.Error("the kernel's log cannot be wiped", "error", err)
	}
	return func(anew bool) cleanup.Step {
		if anew {
			kernel.Distrust()
		}
		return cleanup.Step{
			Wipe:  func(ctx context.Context) error { return errors.Join(err, kernel.Wipe(ctx)) },
			Check: func(ctx context.Context) error { return errors.Join(err, kernel.Check(ctx)) },
		}
	}
}
