libraries.heap/json-reference := jansson
