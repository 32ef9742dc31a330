package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

// npmPackages lists the packages that the lock file marks as neither for development nor optional for another platform.
func npmPackages(lockFile string) (parts []part, err error) {
	text, err := os.ReadFile(lockFile)
	if err != nil {
		return nil, err
	}
	var lock struct {
		Packages map[string]struct {
			Version, License           string
			Dev, Optional, DevOptional bool
		}
	}
	if err := json.Unmarshal(text, &lock); err != nil {
		return nil, fmt.Errorf("%s: %w", lockFile, err)
	}
	for place, p := range lock.Packages {
		if place == "" || p.Dev || p.Optional || p.DevOptional {
			continue
		}
		parts = append(parts, part{place[strings.LastIndex(place, "node_modules/")+len("node_modules/"):], p.Version, p.License})
	}
	return parts, nil
}
