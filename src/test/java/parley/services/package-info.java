/** Cassandra and Kafka as processes of their own, for the tests that want the real ones. */
package parley.services;
