package csvfile

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// Reader reads the rows of a file. It holds one row and a read-ahead of 64 KB at most.
type Reader struct {
	src      io.Reader
	file     *counter
	encoding Encoding
	columns  int // 0: any
	parser   parser
	cells    cells

	buf      []byte // parsed bytes from the start of the next row
	pos, end int
	eof      bool
	at       Position
}

// Open reads the file's rows from a position, Format.Start or one that a Reader returned; r must begin at its Offset.
func Open(r io.Reader, f Format, from Position) *Reader {
	file := &counter{r: r, end: from.Offset}
	return &Reader{
		src: source(file, f.Encoding), file: file, encoding: f.Encoding, columns: len(f.Header), at: from,
		parser: parser{delimiter: f.Delimiter[0]}, buf: make([]byte, HeadSize),
	}
}

// Position returns the place before the next row.
func (r *Reader) Position() Position { return r.at }

// Offset returns how many bytes of the file, as uploaded, stand before the next row.
func (r *Reader) Offset() int64 { return r.at.Offset }

// Next returns the next row that is not blank, and io.EOF behind the last. A *Problem with a row is about that row alone: Next goes on behind it, at the
// next physical line when the row could not be cut into cells. Any other error is that of the underlying reader; Position is then still the place
// before the row that could not be read.
func (r *Reader) Next() (Row, error) {
	for {
		row, err := r.read()
		if err != nil || !blank(row.Cells) {
			return row, err
		}
		r.at.Row--
	}
}

func (r *Reader) read() (Row, error) {
	for {
		size, code := r.parser.row(r.buf[r.pos:r.end], r.eof)
		switch {
		case code != "":
			return r.passOver(code)
		case size > 0:
			return r.take(size)
		case r.eof:
			return Row{}, io.EOF
		}
		if err := r.fill(); err != nil {
			return Row{}, err
		}
	}
}

// take returns the row that the parser has cut.
func (r *Reader) take(size int) (Row, error) {
	row := Row{Number: r.at.Row + 1, Line: r.at.Line}
	var readable bool
	row.Cells, readable = r.cells.split(&r.parser, r.encoding)
	count := 1
	if r.parser.quoted {
		count = lines(r.buf[r.pos : r.pos+size])
	}
	r.advance(size, count)
	if blank(row.Cells) {
		return row, nil
	}
	if !readable {
		return row, r.problem(row, "cell_encoding")
	}
	row.Cells = trimmed(row.Cells, r.columns)
	if r.columns > 0 && len(row.Cells) != r.columns {
		return row, r.problem(row, "row_column_count", "want", r.columns, "got", len(row.Cells))
	}
	return row, nil
}

// passOver leaves the physical line on which a row began that cannot be cut into cells, however long the line is.
func (r *Reader) passOver(code string) (Row, error) {
	before := r.at
	for {
		size, ended := lineEnd(r.buf[r.pos:r.end], r.eof)
		if ended {
			r.advance(size, 1)
			break
		}
		if size > 0 && r.buf[r.pos+size-1] == '\r' {
			size-- // its line feed may follow
		}
		r.consume(size)
		if err := r.fill(); err != nil {
			r.at = before
			return Row{}, err
		}
	}
	row := Row{Number: before.Row + 1, Line: before.Line}
	if most, limited := limits[code]; limited {
		return row, r.problem(row, code, "max", most)
	}
	return row, r.problem(row, code)
}

var limits = map[string]int{"cell_too_large": MaxCell, "row_too_large": MaxRow}

func (r *Reader) problem(row Row, code string, args ...any) *Problem {
	p := &Problem{Code: code, Row: row.Number, Line: row.Line, Args: map[string]any{}}
	for i := 0; i < len(args); i += 2 {
		p.Args[args[i].(string)] = args[i+1]
	}
	return p
}

func (r *Reader) advance(size, lines int) {
	r.at.Row++
	r.at.Line += lines
	r.consume(size)
}

// consume leaves bytes behind. Half a unit at the end of a UTF-16 file was parsed as a whole one: the file's end bounds the offset.
func (r *Reader) consume(size int) {
	r.at.Offset = min(r.at.Offset+sourceSize(r.buf[r.pos:r.pos+size], r.encoding), r.file.end)
	r.pos += size
}

// counter knows where in the file the reading has come to.
type counter struct {
	r   io.Reader
	end int64
}

func (c *counter) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.end += int64(n)
	return n, err
}

// fill reads on behind what is held. The buffer grows up to the largest row.
func (r *Reader) fill() error {
	copy(r.buf, r.buf[r.pos:r.end])
	r.pos, r.end = 0, r.end-r.pos
	if r.end == len(r.buf) {
		r.buf = append(r.buf, make([]byte, len(r.buf))...)
	}
	for tries := 0; tries < 100; tries++ {
		n, err := r.src.Read(r.buf[r.end:])
		r.end += n
		if errors.Is(err, io.EOF) {
			r.eof = true
			return nil
		}
		if err != nil {
			return fmt.Errorf("read row %d: %w", r.at.Row+1, err)
		}
		if n > 0 {
			return nil
		}
	}
	return io.ErrNoProgress
}

// blank says whether a row has cells and nothing in them: spreadsheets leave such rows behind.
func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return len(cells) > 0
}

// trimmed drops empty cells beyond the header's: spreadsheets leave delimiters behind.
func trimmed(cells []string, columns int) []string {
	for columns > 0 && len(cells) > columns && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}
