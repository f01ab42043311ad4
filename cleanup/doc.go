// Package cleanup carries out a Plan: each Step wipes something, then checks by another way that it is gone. What
// comes out is a Receipt. It knows nothing of sessions: the station builds the plan.
//
// It fails closed. A step whose wipe or check gives an error, takes too long or panics is not verified, and so the
// receipt is not; the steps after it run all the same, since each of them wipes something a visitor left.
package cleanup
