"""The names of big shops are looked up in the database for each message, by trigrams on PostgreSQL; no
process keeps an index of them."""
