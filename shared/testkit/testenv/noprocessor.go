//go:build !unix

package testenv

import "time"

// Processor is 0: this system does not tell.
func Processor() time.Duration { return 0 }
