package station

import (
	"testing"
	"time"
)

// LookAgain looks at the vital conditions now, which a station does by itself now and then.
func (s *Station) LookAgain() { s.lookAgain() }

// during sets what stations go by, until the test ends.
func during[T any](t testing.TB, v *T, to T) {
	before := *v
	*v = to
	t.Cleanup(func() { *v = before })
}

// LookEvery has stations look so often by themselves, until the test ends.
func LookEvery(t *testing.T, d time.Duration) {
	during(t, &vitalEvery, d)
}

// PurgeEvery has stations purge the access log so often by themselves, until the test ends.
func PurgeEvery(t *testing.T, d time.Duration) {
	during(t, &purgeEvery, d)
}

// AwaitQueue has stations wait so long for a print queue, until the test ends.
func AwaitQueue(t *testing.T, d time.Duration) {
	during(t, &queueBound, d)
}

// LookPath has stations find programs so, until the test ends.
func LookPath(t *testing.T, look func(string) (string, error)) {
	during(t, &lookPath, look)
}

// AwaitPapers sets how long a receipt may take to be printed, for a test.
func AwaitPapers(t testing.TB, d time.Duration) {
	during(t, &paperWait, d)
}

// LookForAgentsEvery has stations look so often whether somebody can sign in, until the test ends.
func LookForAgentsEvery(t *testing.T, d time.Duration) {
	during(t, &agentsEvery, d)
}

// AskPrinterEvery has stations ask so often why nothing is printed, until the test ends.
func AskPrinterEvery(t *testing.T, d time.Duration) {
	during(t, &problemEvery, d)
}
