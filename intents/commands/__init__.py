"""Words of sellers and riders, and what may stand behind each: "OK 1001", "stock rice +5"."""
