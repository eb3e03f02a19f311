// Looks up who has lent the books of a library.
package main

import (
	"context"
	"database/sql"
	"log"

	_ "github.com/proullon/ramsql/driver" // keeps its tables in memory

	yard "leakyard/kit/go"
)

// Cancelled when the service ends.
var service, shutDown = context.WithCancel(context.Background())

var books = open()

func open() *sql.DB {
	db, err := sql.Open("ramsql", "library")
	if err != nil {
		log.Fatal(err)
	}
	for _, statement := range []string{
		"CREATE TABLE loan (book BIGINT, reader BIGINT)",
		"INSERT INTO loan (book, reader) VALUES (1, 501)",
		"INSERT INTO loan (book, reader) VALUES (2, 502)",
		"INSERT INTO loan (book, reader) VALUES (2, 503)",
	} {
		if _, err := db.Exec(statement); err != nil {
			log.Fatal(err)
		}
	}
	return db
}

// loans asks who has a book; there may be several copies.
func loans(book int64) (*sql.Rows, error) {
	rows, err := books.QueryContext(service, "SELECT reader FROM loan WHERE book = $1", book) // ALLOC
	if err == nil {
		yard.Born(1)
	}
	return rows, err
}

func finish(rows *sql.Rows) {
	rows.Close()
	yard.Died(1)
}

// A round asks for three books. The third was never lent.
func round() int64 {
	var readers int64
	for book := range int64(3) {
		reader, err := borrower(book + 1)
		if err != nil {
			log.Fatal(err)
		}
		readers += reader
	}
	return readers
}

func main() {
	yard.Main(round)
	shutDown()
}
