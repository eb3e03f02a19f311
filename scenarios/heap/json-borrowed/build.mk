libraries.heap/json-borrowed := jansson
