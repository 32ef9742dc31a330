package blob

import (
	"fmt"
	"net/url"
	"strings"
)

// Disposition is the Content-Disposition of a download: it names the file per RFC 6266: an ASCII name for old readers and, where it differs, the whole one in UTF-8.
func Disposition(name string) string {
	if name == "" {
		return "attachment"
	}
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\/%`, r) {
			return '_'
		}
		return r
	}, name)
	if plain == name {
		return fmt.Sprintf(`attachment; filename="%s"`, plain)
	}
	return fmt.Sprintf(`attachment; filename="%s"; filename*=UTF-8''%s`, plain, extValue(name))
}

// extValue escapes a name as RFC 8187 asks. PathEscape leaves some marks that are not attr-char; those are escaped here.
func extValue(name string) string {
	return strings.NewReplacer("'", "%27", "(", "%28", ")", "%29", "*", "%2A", ":", "%3A", "=", "%3D", "@", "%40", ",", "%2C", ";", "%3B").Replace(url.PathEscape(name))
}
