// Command phonedata writes shared/crm/phone/territories.txt: of what libphonenumber knows of every territory, the part by which a number is read and
// judged. `go run ./scripts/phonedata` after an update of nyaruka/phonenumbers; a test of shared/crm/phone holds the two together.
package main

import (
	"fmt"
	"os"

	"github.com/dangol/dangol/scripts/phonedata/territories"
)

func main() {
	text, err := territories.Text()
	if err == nil {
		err = os.WriteFile("shared/crm/phone/territories.txt", []byte(text), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "phonedata:", err)
		os.Exit(1)
	}
}
