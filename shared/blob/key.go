package blob

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// MaxKey is the longest key in bytes, S3's limit.
const MaxKey = 1024

// CheckKey refuses what S3 would take but a path must not hold: absolute keys, empty segments, "." and "..", and text that is not UTF-8. Every engine
// checks alike, so that what works on AWS works on a laptop.
func CheckKey(key string) error {
	if key == "" || len(key) > MaxKey || !utf8.ValidString(key) {
		return fmt.Errorf("blob: key %.40q is empty, longer than %d bytes or not UTF-8", key, MaxKey)
	}
	for seg := range strings.SplitSeq(key, "/") {
		if seg == "" || seg == "." || seg == ".." {
			return fmt.Errorf("blob: key %.40q has the segment %q", key, seg)
		}
	}
	return nil
}
