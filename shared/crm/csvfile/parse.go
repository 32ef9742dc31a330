package csvfile

import "bytes"

// parser cuts rows off the front of bytes, after RFC 4180: cells between delimiters, quoted cells may hold delimiters, line ends and doubled quotes.
// Beyond it: rows end with CRLF, LF or CR; a quote inside an unquoted cell is itself; blanks may follow a closing quote. It works on bytes of UTF-8
// and of CP949 alike, since no second byte of CP949 is below 0x41 or is '|'.
type parser struct {
	delimiter byte
	text      []byte // the cells of the row, unquoted, one after the other
	ends      []int  // where each cell ends in text
	quoted    bool   // a cell of the row is quoted, so it may span lines
}

// after says what follows a cell.
type after uint8

const (
	nextCell after = iota
	rowEnd
	needMore
	refused
)

// row cuts one row off data and returns how many bytes it takes. 0 without a code means that data ends within the row; that never happens at the end of
// the file (eof) unless data is empty. A code tells why the row cannot be cut.
func (p *parser) row(data []byte, eof bool) (size int, code string) {
	p.text, p.ends, p.quoted = p.text[:0], p.ends[:0], false
	if len(data) == 0 {
		return 0, ""
	}
	for i := 0; ; {
		next, then, code := p.cell(data, i, eof)
		switch {
		case then == refused:
			return 0, code
		case then == needMore && len(data) > MaxRow, next > MaxRow:
			return 0, "row_too_large"
		case then == needMore:
			return 0, ""
		}
		p.keep()
		if then == rowEnd {
			return next, ""
		}
		i = next
	}
}

// keep marks the end of a cell. Cells beyond the widest row allowed are only counted by the caller's column check, so one more is enough.
func (p *parser) keep() {
	if len(p.ends) <= MaxColumns {
		p.ends = append(p.ends, len(p.text))
	}
}

func (p *parser) cell(data []byte, i int, eof bool) (next int, then after, code string) {
	if i < len(data) && data[i] == '"' {
		p.quoted = true
		return p.quotedCell(data, i+1, eof)
	}
	j := i
	for j < len(data) && data[j] != p.delimiter && data[j] != '\n' && data[j] != '\r' {
		j++
	}
	if j-i > MaxCell {
		return 0, refused, "cell_too_large"
	}
	p.text = append(p.text, data[i:j]...)
	return p.end(data, j, eof)
}

// quotedCell reads from behind the opening quote.
func (p *parser) quotedCell(data []byte, i int, eof bool) (next int, then after, code string) {
	for j := i; ; {
		k := bytes.IndexByte(data[j:], '"')
		if k < 0 || j+k-i > MaxCell {
			return unclosed(data[i:], eof)
		}
		p.text = append(p.text, data[j:j+k]...)
		j += k + 1
		if j == len(data) && !eof {
			return 0, needMore, ""
		}
		if j == len(data) || data[j] != '"' {
			return p.end(data, skipBlanks(data, j), eof)
		}
		p.text = append(p.text, '"')
		j++
	}
}

// unclosed judges a quoted cell that has no end in sight. One that has grown past the limit over several lines is taken for a quote that somebody forgot
// to close; within one line, for a cell that is too large.
func unclosed(cell []byte, eof bool) (next int, then after, code string) {
	switch {
	case len(cell) > MaxCell && !bytes.ContainsAny(cell[:MaxCell], "\r\n"):
		return 0, refused, "cell_too_large"
	case len(cell) > MaxCell || eof:
		return 0, refused, "row_unclosed_quote"
	default:
		return 0, needMore, ""
	}
}

func skipBlanks(data []byte, j int) int {
	for j < len(data) && data[j] == ' ' {
		j++
	}
	return j
}

// end says what follows the cell that ended before j.
func (p *parser) end(data []byte, j int, eof bool) (next int, then after, code string) {
	switch {
	case j == len(data) && eof:
		return j, rowEnd, ""
	case j == len(data):
		return 0, needMore, ""
	case data[j] == p.delimiter:
		return j + 1, nextCell, ""
	case data[j] == '\n':
		return j + 1, rowEnd, ""
	case data[j] != '\r':
		return 0, refused, "row_quote_misplaced"
	case j+1 == len(data) && !eof:
		return 0, needMore, ""
	case j+1 < len(data) && data[j+1] == '\n':
		return j + 2, rowEnd, ""
	default:
		return j + 1, rowEnd, ""
	}
}

// lineEnd returns how many bytes the first physical line takes with its end, and false when data does not hold its end.
func lineEnd(data []byte, eof bool) (int, bool) {
	i := bytes.IndexAny(data, "\r\n")
	switch {
	case i < 0:
		return len(data), eof
	case data[i] == '\n':
		return i + 1, true
	case i+1 == len(data):
		return i + 1, eof
	case data[i+1] == '\n':
		return i + 2, true
	default:
		return i + 1, true
	}
}

// lines counts the physical line ends.
func lines(data []byte) int {
	n := bytes.Count(data, []byte{'\n'})
	for i, b := range data {
		if b == '\r' && (i+1 == len(data) || data[i+1] != '\n') {
			n++
		}
	}
	return n
}
