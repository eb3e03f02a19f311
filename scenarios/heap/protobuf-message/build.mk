# The message's code is made by protoc-c.
libraries.heap/protobuf-message := libprotobuf-c

define recipe.heap/protobuf-message
	protoc-c --proto_path=$(stage) --c_out=$(objects) $(stage)/contact.proto
	$(link) -I$(objects) -o $@ $(stage)/*.c $(objects)/contact.pb-c.c $(kit) $(libs)
endef
