package dir

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/dangol/dangol/shared/blob"
)

// A file is the content, then a trailer: JSON, its length as four bytes, and magic. What describes the content is thus replaced with it in one
// rename, and a put is written in one go although its hash is known only at the end.
const magic = "DANGOLB1"

const tailLen = 4 + len(magic)

// maxTrailer bounds what a damaged file can make us read.
const maxTrailer = 64 << 10

type trailer struct {
	Key         string    `json:"key"`
	ETag        string    `json:"etag"`
	ContentType string    `json:"type,omitempty"`
	Modified    time.Time `json:"modified"`
}

func trailerOf(i blob.Info) []byte {
	text, err := json.Marshal(trailer{i.Key, i.ETag, i.ContentType, i.Modified})
	if err != nil {
		panic(err) // strings and a time always marshal
	}
	text = binary.BigEndian.AppendUint32(text, uint32(len(text)))
	return append(text, magic...)
}

var errDamaged = errors.New("blob/dir: the file has no whole trailer")

func readTrailer(f *os.File) (blob.Info, error) {
	st, err := f.Stat()
	if err != nil {
		return blob.Info{}, err
	}
	end := st.Size() - int64(tailLen)
	if end < 0 {
		return blob.Info{}, errDamaged
	}
	tail := make([]byte, tailLen)
	if _, err := f.ReadAt(tail, end); err != nil {
		return blob.Info{}, err
	}
	n := int64(binary.BigEndian.Uint32(tail))
	if string(tail[4:]) != magic || n > min(end, maxTrailer) {
		return blob.Info{}, errDamaged
	}
	text := make([]byte, n)
	if _, err := f.ReadAt(text, end-n); err != nil {
		return blob.Info{}, err
	}
	var t trailer
	if err := json.Unmarshal(text, &t); err != nil {
		return blob.Info{}, fmt.Errorf("%w: %w", errDamaged, err)
	}
	return blob.Info{Key: t.Key, Size: end - n, ETag: t.ETag, ContentType: t.ContentType, Modified: t.Modified}, nil
}
