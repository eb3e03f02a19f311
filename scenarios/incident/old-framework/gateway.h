/* Process A: takes changes from Kafka and sends them to B. */
#pragma once

/* Serves the orders that come over WIRE, until B hangs up; does not return. */
_Noreturn void gateway_serve(int wire);
