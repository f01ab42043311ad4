package triage

// MediaType is what the first bytes of a file say it is, "application/octet-stream" when they say nothing. It is pure.
func MediaType(head []byte) string {
	if kind := sniff(head).kind; kind != "" {
		return kind
	}
	return "application/octet-stream"
}
