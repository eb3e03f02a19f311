package yard

import (
	"os"
	"strings"
)

// Servers says where the scenario's server listens: one address, or several. Whoever starts
// the server sets YARD_SERVER.
func Servers() []string {
	addresses := strings.Fields(os.Getenv("YARD_SERVER"))
	if len(addresses) == 0 {
		die(exitUsage, "YARD_SERVER does not say where the server listens; start this by build/mocks/NAME … -- %s …", os.Args[0])
	}
	return addresses
}
