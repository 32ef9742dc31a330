package cloudstand

import "github.com/dangol/dangol/localstack/storytest"

// Stops are the lines of the stories that cannot hold where each function is a process of its own.
var Stops = map[string]storytest.Stop{
	"keys": {Line: 78, Reason: "a key that another function ended is believed for up to identity.Recheck; on a laptop all functions share a process"},
}
