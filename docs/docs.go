// Package docs carries the published documents into the binaries that serve them.
package docs

import _ "embed"

// OpenAPI is openapi.yaml, as scripts/openapi writes it from the code.
//
//go:embed openapi.yaml
var OpenAPI []byte
