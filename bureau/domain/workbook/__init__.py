"""Reading and writing .xlsx files of strangers: bounded, streamed, nothing guessed."""
