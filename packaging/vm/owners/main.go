// Owners says who holds addresses of the physical memory, for a test that found something there from outside.
package main

import (
	"fmt"
	"os"
	"strconv"

	"estran/cleanup/hunt"
)

func main() {
	var addresses []int64
	for _, arg := range os.Args[1:] {
		at, err := strconv.ParseInt(arg, 0, 64)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		addresses = append(addresses, at)
	}
	holders := hunt.HostFrames().Holders(addresses)
	for _, at := range addresses {
		fmt.Printf("%#x %s\n", at, holders[at])
	}
}
