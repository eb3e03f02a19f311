# The service and the library are of today. The framework came as an archive that was
# built when the library was at version 1; the fixed one was built again.
buffer_of_framework.leaky := buffer-1
buffer_of_framework.fixed := buffer-2

define recipe.linkage/changed-flag
	$(compile) -I$(stage)/buffer-2 -c -o $(objects)/buffer.o $(stage)/buffer-2/buffer.c
	$(compile) -I$(stage)/$(buffer_of_framework.$(variant)) -c -o $(objects)/framework.o $(stage)/framework.c
	$(compile) -I$(stage)/buffer-2 -c -o $(objects)/service.o $(stage)/service.c
	rm -f $(objects)/libbuffer.a $(objects)/libframework.a
	$(AR) rcs $(objects)/libbuffer.a $(objects)/buffer.o
	$(AR) rcs $(objects)/libframework.a $(objects)/framework.o
	$(link) -o $@ $(objects)/service.o -L$(objects) -lframework -lbuffer $(kit)
endef
