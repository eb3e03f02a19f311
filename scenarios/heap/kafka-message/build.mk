libraries.heap/kafka-message := rdkafka
