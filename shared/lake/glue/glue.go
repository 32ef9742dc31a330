// Package glue describes the lake's subjects as tables of the Glue catalogue, so that Athena reads the same files as DuckDB (docs/adr/0014). It is data:
// infra makes the tables of it, shared/lake/athena the views through which they are asked.
package glue

import (
	"strings"

	"github.com/dangol/dangol/shared/lake/dictionary"
)

// The two keys by which every table is partitioned. Both are injected: Athena takes their values from the query, and refuses one that does not name them.
const (
	Tenant = "tenant" // whose lake
	Asked  = "asked"  // which list of parts: each question has one of its own
)

// Classes of Hive by which Athena reads a list of Parquet files.
const (
	InputFormat  = "org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat"
	OutputFormat = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat"
	Serializer   = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"
)

// Table is one table. Its columns are found in the files by their names, whatever the case: one that a file lacks is NULL there.
type Table struct {
	Name    string // as Athena writes it: without capitals
	Subject string
	Columns []Column
}

// Column is a column of a table.
type Column struct {
	Name string // as Athena writes it: without capitals
	Of   string // as the lake writes it
	Type dictionary.Type
	Kind string // Glue's type
}

// Tables are those of all subjects, without the fields that a workspace has defined itself.
func Tables() (out []Table) {
	for _, s := range dictionary.Subjects() {
		out = append(out, Table{Name: Name(s.Name), Subject: s.Name, Columns: Columns(s.Columns())})
	}
	return out
}

// Columns writes columns of the lake as Glue has them.
func Columns(columns []dictionary.Column) []Column {
	out := make([]Column, len(columns))
	for i, c := range columns {
		out[i] = Column{Name(c.Name), c.Name, c.Type, kinds[c.Type]}
	}
	return out
}

// Name is how Athena writes a name of the lake: it knows no capitals.
func Name(name string) string { return strings.ToLower(name) }

// kinds are Glue's types.
var kinds = map[dictionary.Type]string{
	dictionary.Text: "string", dictionary.Integer: "bigint", dictionary.Money: "decimal(18,4)", dictionary.Number: "double", dictionary.Date: "date",
	dictionary.Moment: "timestamp", dictionary.Bool: "boolean", dictionary.List: "array<string>",
}

// Properties are a table's parameters: partitions are worked out from the query, and lie where the template says.
func (t Table) Properties(bucket string) map[string]string {
	return map[string]string{
		"EXTERNAL": "TRUE", "classification": "parquet",
		"projection.enabled":             "true",
		"projection." + Tenant + ".type": "injected",
		"projection." + Asked + ".type":  "injected",
		"storage.location.template":      "s3://" + bucket + "/" + Links("${"+Tenant+"}", "${"+Asked+"}", t.Subject),
	}
}

// Input is the table as Glue's API takes it (TableInput).
func (t Table) Input(bucket string) map[string]any {
	columns := make([]map[string]string, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = map[string]string{"Name": c.Name, "Type": c.Kind}
	}
	return map[string]any{
		"Name": t.Name, "TableType": "EXTERNAL_TABLE", "Parameters": t.Properties(bucket), "PartitionKeys": Keys(),
		"StorageDescriptor": map[string]any{
			"Columns": columns, "Location": Location(bucket), "InputFormat": InputFormat, "OutputFormat": OutputFormat,
			"SerdeInfo": map[string]any{"SerializationLibrary": Serializer, "Parameters": map[string]string{"serialization.format": "1"}},
		},
	}
}

// Keys are the keys of partitions, as Glue's API takes them.
func Keys() []map[string]string {
	return []map[string]string{{"Name": Tenant, "Type": "string"}, {"Name": Asked, "Type": "string"}}
}

// Location is where all tables are said to be. Nothing is read from there but what the template of a table names.
func Location(bucket string) string { return "s3://" + bucket + "/t/" }

// Folder is where what belongs to one question stands: the lists of the parts that it reads, and its answer.
func Folder(tenant, asked string) string { return AskedPrefix(tenant) + asked + "/" }

// AskedPrefix is how the keys of all questions of a tenant begin.
func AskedPrefix(tenant string) string { return "t/" + tenant + "/lake/asked/" }

// Links is how the keys begin under which the parts of a subject are listed for one question.
func Links(tenant, asked, subject string) string {
	return Folder(tenant, asked) + "links/" + Name(subject) + "/"
}
